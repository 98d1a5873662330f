import MonitoringCore
import MonitoringServer
import MonitoringTesting
import Testing

@Suite struct ObservationTests {
    private func observed(
        _ endpoints: [Endpoint],
        trust: Monitor.Trust = .parent,
        _ body: (TestMonitor, EndpointServer, Int) async throws -> Void
    ) async throws {
        let telemetry = try await TestMonitor()
        try await withServer(
            endpoints,
            .with {
                $0.observer = telemetry.monitor
                $0.trust = trust
            }
        ) { server, port in
            try await body(telemetry, server, port)
        }
        #expect(telemetry.violations.isEmpty && telemetry.open.isEmpty)
    }

    @Test func `a request is an operation with its route, and its handler runs in it`() async throws {
        let seen = Box("")
        let endpoint = Endpoint.post("/orders", .open) { request in
            seen.value = Monitor.Operation.current.requestID
            Monitor.current.observe(.tool(name: "inner")) {}
            return .text("made", status: 201)
        }
        try await observed([endpoint]) { telemetry, _, port in
            let client = try TestClient(port: port)
            try await client.send(
                "POST /orders?token=secret&a=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: test\r\nContent-Length: 3\r\n"
                    + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\nabc")
            let response = try await client.response()
            #expect(await eventually { telemetry.operation("POST /orders") != nil })
            let operation = try #require(telemetry.operation("POST /orders"))
            #expect(response["X-Request-ID"] == seen.value && !seen.value.isEmpty)
            #expect(operation[.responseStatus] == 201 && operation[.httpRoute] == "/orders")
            #expect(operation[.requestBodySize] == 3 && operation[.responseBodySize] == 4)
            #expect(operation[.clientAddress] == "127.0.0.1" && operation[.userAgent] == "test")
            #expect(operation[.urlPath] == "/orders" && operation[.urlQuery]?.contains("secret") == false)
            #expect(operation[.protocolVersion] == "1.1" && operation.outcome == .success)
            #expect(operation.trace.traceID.description == "0af7651916cd43dd8448eb211c80319c")
            let inner = try #require(telemetry.operation("execute_tool inner"))
            #expect(telemetry.parent(of: inner)?.name == "POST /orders")
        }
    }

    @Test func `a stranger's trace is linked where he is not trusted`() async throws {
        try await observed([hello], trust: .link) { telemetry, _, port in
            _ = try await TestClient(port: port).get(
                "/hello", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            #expect(await eventually { telemetry.operation("GET /hello") != nil })
            let operation = try #require(telemetry.operation("GET /hello"))
            #expect(operation.trace.traceID.description != "0af7651916cd43dd8448eb211c80319c")
        }
    }

    @Test func `what is refused is observed as far as it is known`() async throws {
        try await observed([hello, .get("/s", .sensitive) { _ in .text("s") }]) { telemetry, _, port in
            let requests = [
                ("GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "GET", 404),
                ("POST /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "POST /hello", 405),
                ("GET /s HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: null\r\n\r\n", "GET /s", 403),
                ("BREW /pot HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "HTTP", 404),
                ("PUT /x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999999\r\n\r\n", "PUT", 413),
                ("DELETE /x HTTP/1.1\r\nBad Header: 1\r\n\r\n", "DELETE", 400),
            ]
            for (request, name, status) in requests {
                let client = try TestClient(port: port)
                try await client.send(request)
                #expect(try await client.response().status == status)
                #expect(await eventually { telemetry.operation(name)?[.responseStatus] == status }, "\(name)")
                let operation = try #require(telemetry.operation(name))
                #expect((operation[.httpRoute] == nil) == !name.contains("/") && operation.outcome == .success)
            }
            let nonsense = try TestClient(port: port)
            try await nonsense.send("nonsense\r\n\r\n")
            #expect(try await nonsense.response().status == 400)
            #expect(telemetry.operations.count == requests.count)
        }
    }

    @Test func `HEAD counts as HEAD, and a synchronous handler runs in the operation`() async throws {
        let seen = Box("")
        let endpoint = Endpoint.probe("/p") { _ in
            seen.value = Monitor.Operation.current.requestID
            return .text("p")
        }
        try await observed([endpoint]) { telemetry, _, port in
            let client = try TestClient(port: port)
            try await client.send("HEAD /p HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-ID: mine-1\r\n\r\n")
            let response = try await client.response(isHead: true)
            #expect(response["X-Request-ID"] == "mine-1" && seen.value == "mine-1")
            #expect(await eventually { telemetry.operation("HEAD /p") != nil })
            #expect(telemetry.operation("HEAD /p")?[.responseBodySize] == 0)
        }
    }

    @Test func `a streamed answer's operation ends with its body, in which it is current`() async throws {
        let (gate, seen) = (AsyncStream<Void>.makeStream(), Box(""))
        let endpoint = Endpoint(
            method: "GET", path: "/events", access: .open,
            handler: .synchronous { _ in
                EndpointResponse(
                    body: .stream { writer in
                        seen.value = Monitor.Operation.current.requestID
                        try await writer.write([65])
                        for await _ in gate.stream { break }
                        try await writer.write([66])
                    })
            })
        try await observed([endpoint]) { telemetry, _, port in
            let client = try TestClient(port: port)
            try await client.send("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            let first = try await client.read()
            client.putBack(first)
            #expect(telemetry.operations.isEmpty && telemetry.open.count == 1)
            gate.continuation.finish()
            let response = try await client.response()
            #expect(response.text == "AB" && response["X-Request-ID"] == seen.value)
            #expect(await eventually { telemetry.operations.count == 1 })
            #expect(telemetry.operations.first?[.responseBodySize] == 2)
        }
    }

    @Test func `a reader who goes makes the operation cancelled, a body that fails makes it fail`() async throws {
        struct Broken: Error {}
        let wait = Endpoint.get("/wait", .open) { _ in
            EndpointResponse(
                body: .stream { writer in
                    while true {
                        try await writer.write([65])
                        try await Task.sleep(for: .milliseconds(1))
                    }
                })
        }
        let broken = Endpoint.get("/broken", .open) { _ in EndpointResponse(body: .stream { _ in throw Broken() }) }
        try await observed([wait, broken]) { telemetry, _, port in
            do {
                let client = try TestClient(port: port)
                try await client.send("GET /wait HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                _ = try await client.read()
                withExtendedLifetime(client) {}
            }
            #expect(await eventually { telemetry.operation("GET /wait")?.outcome == .cancelled })
            let client = try TestClient(port: port)
            try await client.send("GET /broken HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(await eventually { telemetry.operation("GET /broken")?.outcome == .error })
            #expect(telemetry.operation("GET /broken")?.failure?.type.hasSuffix("Broken") == true)
            withExtendedLifetime(client) {}
        }
    }

    @Test func `without an observer what a handler does is not observed`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        let synchronous = Endpoint.probe("/s") { _ in
            monitor.observe(.tool(name: "s")) { .text("\($0.isObserved)") }
        }
        let asynchronous = Endpoint.get("/a", .open) { _ in
            await monitor.observe(.tool(name: "a")) { operation in
                await Task.yield()
                return .text("\(operation.isObserved)")
            }
        }
        try await withServer([synchronous, asynchronous]) { _, port in
            let client = try TestClient(port: port)
            for path in ["/s", "/a"] {
                let response = try await client.get(path)
                #expect(response.text == "false" && response["X-Request-ID"] == nil)
            }
        }
        #expect(telemetry.operations.isEmpty)
    }
}
