import MonitoringCore
import MonitoringServer
import MonitoringTesting
import Testing

@Suite(.serialized) struct ServerPluginTests {
    /// A plugin that offers endpoints.
    private final class Offering: MonitoringPlugin {
        let endpoints: [Endpoint]

        init(_ endpoints: [Endpoint]) { self.endpoints = endpoints }
    }

    private static let offered: [Endpoint] = [
        .probe("/livez") { _ in .text("alive") }, .get("/metrics", .scrape) { _ in .text("up 1") },
        .get("/<script>", .sensitive) { _ in .text("s") }, .post("/drain", .sensitive) { _ in .text("drained") },
    ]

    private static func start(
        _ environment: Monitor.Environment = [:],
        _ configure: @escaping @Sendable (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> TestMonitor {
        try await TestMonitor(
            .holding(Offering(offered), name: "offering"), .server(configure),
            environment: environment.setting("MONITORING_PORT", to: environment["MONITORING_PORT"] ?? "0"))
    }

    @Test func `it serves what the plugins offer, and says where`() async throws {
        let telemetry = try await Self.start()
        let address = try #require(telemetry.monitor.serverAddress)
        #expect(
            telemetry.diagnostics.contains {
                $0.hasPrefix("[monitoring] server: on, ")
                    && $0.hasSuffix("; monitoring at http://127.0.0.1:\(address.port)/")
            })
        let client = try TestClient(port: address.port)
        #expect(try await client.get("/livez").text == "alive")
        let metrics = try await client.get("/metrics")
        #expect(metrics.text == "up 1" && metrics["Cache-Control"] == "no-store")
        #expect(metrics["X-Content-Type-Options"] == "nosniff" && metrics["X-Request-ID"] == nil)
        #expect(telemetry.operations.isEmpty && telemetry.monitor.problems.isEmpty)
        await telemetry.monitor.shutdown(within: .seconds(5))
        #expect(telemetry.monitor.serverAddress == nil)
        #expect(throws: (any Error).self) { try TestClient(port: address.port) }
    }

    @Test func `the index lists what is offered, as text or as a page, and escapes it`() async throws {
        let telemetry = try await Self.start()
        let client = try TestClient(port: try #require(telemetry.monitor.serverAddress).port)
        for accept in [[], ["Accept: */*"], ["Accept: text/html;q=0.1, text/plain"]] {
            try await client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\(accept.map { $0 + "\r\n" }.joined())\r\n")
            let text = try await client.response()
            #expect(text["Content-Type"] == "text/plain; charset=utf-8")
            #expect(
                text.text == """
                    GET  /<script> (sensitive)
                    POST /drain (sensitive)
                    GET  /livez (probe)
                    GET  /metrics (scrape)

                    """)
        }
        let page = try await client.get("/", "Accept: text/html,application/xhtml+xml,*/*;q=0.8")
        #expect(page["Content-Type"] == "text/html; charset=utf-8" && page["Content-Security-Policy"] != nil)
        #expect(page.text.contains("href=\"/livez\"") && page.text.contains("&lt;script&gt;"))
        #expect(!page.text.contains("<script>"))
        await telemetry.monitor.shutdown(within: .seconds(5))
    }

    @Test func `variables and code say where it listens and whom it serves`() async throws {
        let telemetry = try await Self.start(
            ["MONITORING_HOST": "0.0.0.0", "MONITORING_TOKEN": "t0ken-from-variable"]) {
                #expect($0.host == "0.0.0.0")
                $0.limits.headerCount = 5
            }
        let client = try TestClient(port: try #require(telemetry.monitor.serverAddress).port)
        #expect(try await client.get("/livez", host: "pod.internal").status == 200)
        #expect(try await client.get("/%3Cscript%3E").status == 401)
        let allowed = try await client.get("/%3Cscript%3E", "Authorization: Bearer t0ken-from-variable")
        #expect(allowed.text == "s")
        #expect(try await client.get("/livez", "A: 1", "B: 1", "C: 1", "D: 1", "E: 1").status == 431)
        #expect(!telemetry.diagnostics.joined().contains("t0ken"))
        await telemetry.monitor.shutdown(within: .seconds(5))
    }

    @Test func `the aliases count in their order`() {
        func port(_ environment: Monitor.Environment) -> Int {
            var configuration = ServerConfiguration()
            configuration.apply(environment) { _ in }
            return configuration.port
        }
        #expect(port([:]) == 9464)
        #expect(port(["OTEL_EXPORTER_PROMETHEUS_PORT": "1"]) == 1)
        #expect(port(["OTEL_EXPORTER_PROMETHEUS_PORT": "1", "PROMETHEUS_PORT": "2"]) == 2)
        #expect(port(["PROMETHEUS_PORT": "2", "MONITORING_PORT": "3"]) == 3)
        #expect(port(["MONITORING_PORT": "65536"]) == 9464)
        var configuration = ServerConfiguration()
        configuration.apply(["OTEL_EXPORTER_PROMETHEUS_HOST": "::1", "MONITORING_ALLOWED_HOSTS": "a, b"]) { _ in }
        #expect(configuration.host == "::1" && configuration.allowedHosts == ["a", "b"])
    }

    @Test func `beyond loopback without a token the start-up line says what is refused`() async throws {
        let telemetry = try await Self.start(["MONITORING_HOST": "0.0.0.0"])
        #expect(
            telemetry.diagnostics.contains {
                $0.hasSuffix(", sensitive endpoints refused (MONITORING_TOKEN is not set)")
            })
        await telemetry.monitor.shutdown(within: .seconds(5))
    }

    @Test(arguments: [
        (["MONITORING_HOST": "192.0.2.1"], "bad-address", "MONITORING_HOST"),
        (["MONITORING_TOKEN": "with blank"], "invalid-value", "MONITORING_TOKEN"),
    ]) func `a setting that cannot be honoured is told, and the host goes on`(
        variables: [String: String], code: String, subject: String
    ) async throws {
        let telemetry = try await Self.start(Monitor.Environment(variables))
        let problem = try #require(telemetry.monitor.problems.first)
        #expect(problem.source == "server" && problem.code == code && problem.subject == subject)
        #expect(problem.severity == .warning && !problem.fix.isEmpty)
        await telemetry.monitor.shutdown(within: .seconds(5))
    }

    @Test func `a port in use is told with what to do, and the host goes on`() async throws {
        try await withServer([hello]) { _, port in
            let telemetry = try await Self.start(["MONITORING_PORT": String(port)])
            #expect(telemetry.monitor.serverAddress == nil)
            let problem = try #require(telemetry.monitor.problems.first)
            #expect(problem.code == "port-in-use" && problem.subject == "MONITORING_PORT")
            #expect(problem.message.contains(String(port)) && problem.fix.contains("MONITORING_PORT"))
            #expect(telemetry.diagnostics.contains { $0.hasSuffix("; serving nothing, port \(port) is in use") })
            await telemetry.monitor.shutdown(within: .seconds(5))
        }
    }

    @Test func `a start that fails leaves no port taken`() async throws {
        let port = try await withServer([hello]) { _, port in port }
        await #expect(throws: Monitor.StartError.self) {
            try await Self.start([
                "MONITORING_PORT": String(port), "MONITORING_STRICT": "true", "MONITORING_QUIET": "maybe",
            ])
        }
        var configuration = EndpointServer.Configuration()
        configuration.port = port
        let server = EndpointServer([hello], configuration: configuration)
        #expect(try server.start().port == port)
        await server.stop(within: .zero)
    }

    @Test func `an endpoint that two plugins offer is served by the first and told`() async throws {
        let telemetry = try await TestMonitor(
            .holding(Offering([.probe("/x") { _ in .text("first") }]), name: "a"),
            .holding(Offering([.probe("/x") { _ in .text("second") }, .probe("/") { _ in .text("own") }]), name: "b"),
            .server, environment: ["MONITORING_PORT": "0"])
        let client = try TestClient(port: try #require(telemetry.monitor.serverAddress).port)
        #expect(try await client.get("/x").text == "first")
        #expect(try await client.get("/").text == "own")
        let problems = telemetry.monitor.problems
        #expect(problems.map(\.code) == ["endpoint-twice"] && problems.map(\.subject) == ["GET /x"])
        await telemetry.monitor.shutdown(within: .seconds(5))
    }

    @Test func `a request that comes before the start is over is asked to come again`() async throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        let context = Monitor.PluginContext(
            environment: [:], resource: Monitor.Resource(), clock: SystemClock(), redactor: Redactor(),
            diagnostics: Diagnostics(sink: nil))
        let plugin = ServerPlugin(configuration, context)
        let response = try await TestClient(port: try #require(plugin.address).port).get("/livez")
        #expect(response.status == 503 && response["Retry-After"] == "1")
        #expect(await plugin.shutdown(within: .seconds(5)))
    }

    @Test func `the switch keeps it from being made`() async throws {
        let telemetry = try await Self.start(["ENABLE_SERVER": "false"])
        #expect(telemetry.monitor.serverAddress == nil && telemetry.monitor.plugin(named: "server") == nil)
    }

    @Test func `the plugin keeps the laws`() async {
        #expect(await PluginConformance.check(.server, environment: ["MONITORING_PORT": "0"]).isEmpty)
    }
}
