import MonitoringCore
import MonitoringServer
import Testing

@Suite struct AccessTests {
    static let endpoints: [Endpoint] = [
        .probe("/probe") { _ in .text("probe") }, .get("/scrape", .scrape) { _ in .text("scrape") },
        .get("/sensitive", .sensitive) { _ in .text("sensitive") }, .get("/open", .open) { _ in .text("open") },
    ]

    /// A server's settings, and what each endpoint answers to a request.
    struct Case: Sendable {
        var bind = "127.0.0.1"
        var token: String?
        var allowed: [String] = []
        var host = "127.0.0.1"
        var headers = ""
        /// For probe, scrape, sensitive and open.
        let statuses: [Int]
    }

    static let cases = [
        Case(statuses: [200, 200, 200, 200]),
        Case(host: "localhost:1", statuses: [200, 200, 200, 200]),
        Case(host: "[::1]", statuses: [200, 200, 200, 200]),
        Case(host: "attacker.example", statuses: [403, 403, 403, 403]),
        Case(host: "localhost.attacker.example", statuses: [403, 403, 403, 403]),
        Case(host: "127.0.0.1.attacker.example", statuses: [403, 403, 403, 403]),
        Case(allowed: ["Mine.example:80"], host: "mine.example", statuses: [200, 200, 200, 200]),
        Case(allowed: ["mine.example"], host: "not.mine.example", statuses: [403, 403, 403, 403]),
        Case(token: "t0ken", statuses: [200, 200, 401, 200]),
        Case(token: "t0ken", headers: "Authorization: Bearer t0ken\r\n", statuses: [200, 200, 200, 200]),
        Case(token: "t0ken", headers: "authorization: bearer  t0ken \r\n", statuses: [200, 200, 200, 200]),
        Case(token: "t0ken", headers: "Authorization: Bearer t0ke\r\n", statuses: [200, 200, 401, 200]),
        Case(token: "t0ken", headers: "Authorization: Bearer t0kent0ken\r\n", statuses: [200, 200, 401, 200]),
        Case(token: "t0ken", headers: "Authorization: Bearer T0ken\r\n", statuses: [200, 200, 401, 200]),
        Case(token: "t0ken", headers: "Authorization: Bearer\r\n", statuses: [200, 200, 401, 200]),
        Case(token: "t0ken", headers: "Authorization: Basic t0ken\r\n", statuses: [200, 200, 401, 200]),
        Case(token: "t0ken", headers: "Authorization: t0ken\r\n", statuses: [200, 200, 401, 200]),
        Case(
            token: "t0ken", headers: "Authorization: Bearer t0ken\r\nAuthorization: Bearer t0ken\r\n",
            statuses: [200, 200, 401, 200]),
        Case(token: "", headers: "Authorization: Bearer \r\n", statuses: [200, 200, 401, 200]),
        Case(headers: "Sec-Fetch-Site: cross-site\r\n", statuses: [200, 200, 403, 200]),
        Case(headers: "Sec-Fetch-Site: same-origin\r\n", statuses: [200, 200, 200, 200]),
        Case(headers: "Origin: null\r\n", statuses: [200, 200, 403, 200]),
        Case(headers: "Origin: http://attacker.example\r\n", statuses: [200, 200, 403, 200]),
        Case(host: "127.0.0.1:9464", headers: "Origin: http://127.0.0.1:9464\r\n", statuses: [200, 200, 200, 200]),
        Case(host: "127.0.0.1:9464", headers: "Origin: http://127.0.0.1:3000\r\n", statuses: [200, 200, 403, 200]),
        Case(headers: "Origin: https://127.0.0.1\r\n", statuses: [200, 200, 200, 200]),
        Case(
            token: "t0ken", headers: "Authorization: Bearer t0ken\r\nOrigin: http://attacker.example\r\n",
            statuses: [200, 200, 403, 200]),
        Case(bind: "0.0.0.0", statuses: [200, 200, 403, 200]),
        Case(bind: "0.0.0.0", host: "demo.internal", statuses: [200, 200, 403, 200]),
        Case(bind: "0.0.0.0", token: "t0ken", host: "demo.internal", statuses: [200, 200, 401, 200]),
        Case(
            bind: "0.0.0.0", token: "t0ken", host: "demo.internal", headers: "Authorization: Bearer t0ken\r\n",
            statuses: [200, 200, 200, 200]),
    ]

    @Test(arguments: cases) func `whoever may not have an endpoint does not get it`(example: Case) async throws {
        try await withServer(
            Self.endpoints,
            .with {
                $0.host = example.bind
                $0.token = example.token
                $0.allowedHosts = example.allowed
            }
        ) { _, port in
            let client = try TestClient(port: port)
            for (path, status) in zip(["/probe", "/scrape", "/sensitive", "/open"], example.statuses) {
                try await client.send("GET \(path) HTTP/1.1\r\nHost: \(example.host)\r\n\(example.headers)\r\n")
                let response = try await client.response()
                #expect(response.status == status, "\(path)")
                #expect((response["WWW-Authenticate"] == "Bearer") == (status == 401))
                #expect(!response.headers.contains { $0.name.lowercased().hasPrefix("access-control") })
                if status != 200 { #expect(!response.text.contains("sensitive\n") && response.text.hasSuffix(".\n")) }
            }
        }
    }

    @Test func `a token in the query opens nothing`() async throws {
        try await withServer(Self.endpoints, .with { $0.token = "t0ken" }) { _, port in
            let client = try TestClient(port: port)
            for query in ["token=t0ken", "access_token=t0ken", "Authorization=Bearer%20t0ken"] {
                #expect(try await client.get("/sensitive?\(query)").status == 401)
            }
        }
    }

    @Test func `an older client without a host is served, and nothing that is not there is told by name`() async throws
    {
        try await withServer(Self.endpoints) { _, port in
            let client = try TestClient(port: port)
            try await client.send("GET /probe HTTP/1.0\r\n\r\n")
            #expect(try await client.response().status == 200)
            let stranger = try TestClient(port: port)
            #expect(try await stranger.get("/nothing", host: "attacker.example").status == 403)
        }
    }

    @Test func `a body is not read for whoever is refused`() async throws {
        let endpoint = Endpoint.post("/change", .sensitive) { _ in .text("changed") }
        try await withServer([endpoint], .with { $0.token = "t0ken" }) { _, port in
            let client = try TestClient(port: port)
            try await client.send("POST /change HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\nabc")
            let response = try await client.response()
            #expect(response.status == 401 && response["Connection"] == "close")
        }
    }

    @Test func `no description of the settings shows the token`() {
        var configuration = EndpointServer.Configuration()
        configuration.token = "canary-1"
        var settings = ServerConfiguration()
        settings.token = "canary-1"
        var texts = [
            "\(configuration)", "\(settings)", String(reflecting: configuration), String(reflecting: settings),
        ]
        for value in [configuration, settings] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            texts.append(dumped)
        }
        for text in texts { #expect(!text.contains("canary")) }
    }
}
