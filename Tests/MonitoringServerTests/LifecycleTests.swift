import MonitoringCore
import MonitoringServer
import MonitoringTesting
import Testing

@Suite struct LifecycleTests {
    @Test func `a second start says where it listens already`() async throws {
        let server = EndpointServer([hello])
        #expect(server.address == nil)
        let address = try server.start()
        #expect(address.host == "127.0.0.1" && address.port > 0 && address.isLoopback)
        #expect(address.url == "http://127.0.0.1:\(address.port)/")
        #expect(try server.start() == address && server.address == address)
        await server.stop(within: .zero)
    }

    @Test func `it stops once, whoever asks, and can be started again`() async throws {
        let server = EndpointServer([hello])
        await server.stop()
        for _ in 0..<3 {
            let port = try server.start().port
            #expect(try await TestClient(port: port).get("/hello").text == "hello")
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { await server.stop(within: .seconds(5)) } }
            }
            #expect(server.address == nil && server.connectionCount == 0)
            #expect(throws: (any Error).self) { try TestClient(port: port) }
            await server.stop()
        }
    }

    @Test func `a port in use is an error that says what to do`() async throws {
        try await withServer([hello]) { _, port in
            var configuration = EndpointServer.Configuration()
            configuration.port = port
            let error = #expect(throws: ServerError.self) {
                try EndpointServer([], configuration: configuration).start()
            }
            #expect(error?.code == .portInUse && error?.message.contains(String(port)) == true)
            #expect(error?.fix.isEmpty == false && error?.monitoringErrorType == "port_in_use")
        }
    }

    @Test(arguments: [
        "", "-", "999.1.1.1", "1.2.3", "a b", "x=y,,;%zz", "é", String(repeating: "a", count: 300), "192.0.2.1",
        "localhost:80", "http://localhost", "[::1]", "12345678901234567890",
    ]) func `a host that is no address of this machine is an error`(host: String) {
        var configuration = EndpointServer.Configuration()
        configuration.host = host
        let error = #expect(throws: ServerError.self) { try EndpointServer([], configuration: configuration).start() }
        #expect(error?.code == .badAddress)
    }

    @Test(arguments: [-1, 65_536, Int.max, Int.min]) func `a port that is none is an error`(port: Int) {
        var configuration = EndpointServer.Configuration()
        configuration.port = port
        let error = #expect(throws: ServerError.self) { try EndpointServer([], configuration: configuration).start() }
        #expect(error?.code == .badPort)
    }

    @Test(arguments: ["localhost", "0.0.0.0", "::", "127.0.0.2"]) func `it listens where it is told`(
        host: String
    ) async throws {
        var configuration = EndpointServer.Configuration()
        configuration.host = host
        let server = EndpointServer([hello], configuration: configuration)
        do {
            let address = try server.start()
            #expect(address.isLoopback == (host == "localhost" || host == "127.0.0.2"))
            if host != "127.0.0.2" { #expect(try await TestClient(port: address.port).get("/hello").text == "hello") }
        } catch {
            // A machine without IPv6.
            #expect(host == "::" && (error as? ServerError)?.code == .badAddress)
        }
        await server.stop(within: .zero)
    }

    @Test func `a stop lets an answer that is under way end, and closes who only waits`() async throws {
        let (gate, begun) = (AsyncStream<Void>.makeStream(), Box(false))
        let slow = Endpoint.get("/slow", .open) { _ in
            begun.value = true
            for await _ in gate.stream { break }
            return .text(Task.isCancelled ? "cancelled" : "done")
        }
        try await withServer([slow, hello]) { server, port in
            let (busy, idle) = (try TestClient(port: port), try TestClient(port: port))
            #expect(try await idle.get("/hello").text == "hello")
            try await busy.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(await eventually { begun.value })
            let stopping = Task { await server.stop(within: .seconds(60)) }
            #expect(await idle.isClosed())
            #expect(throws: (any Error).self) { try TestClient(port: port) }
            #expect(throws: ServerError.self) { try server.start() }
            gate.continuation.finish()
            let response = try await busy.response()
            #expect(response.text == "done")
            await stopping.value
            #expect(await busy.isClosed())
        }
    }

    @Test func `a stop cancels what streams after half of its time, and closes what is left at its end`() async throws {
        let clock = ManualClock()
        let polite = Endpoint.get("/polite", .open) { _ in
            EndpointResponse(
                body: .stream { writer in
                    try await writer.write(Array("a".utf8))
                    try? await Task.sleep(for: .seconds(3600))
                })
        }
        let isOver = Box(false)
        defer { isOver.value = true }
        let stubborn = Endpoint.get("/stubborn", .open) { _ in
            EndpointResponse(
                body: .stream { writer in
                    try await writer.write(Array("b".utf8))
                    // Deaf to its cancellation.
                    await Task.detached { while !isOver.value { try? await Task.sleep(for: .milliseconds(5)) } }.value
                })
        }
        try await withServer([polite, stubborn], .with { $0.clock = clock }) { server, port in
            let clients = [try TestClient(port: port), try TestClient(port: port)]
            for (client, path) in zip(clients, ["polite", "stubborn"]) {
                try await client.send("GET /\(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                var text = ""
                while !text.contains("\r\n\r\n1\r\n") {
                    text += String(decoding: try await client.read(), as: UTF8.self)
                }
            }
            let stopping = Task { await server.stop(within: .seconds(10)) }
            #expect(await eventually { server.address == nil && clock.sleeperCount >= 2 })
            clock.advance(by: .seconds(5))
            #expect(String(decoding: try await clients[0].read(), as: UTF8.self) == "0\r\n\r\n")
            clock.advance(by: .seconds(5))
            #expect(await clients[1].isClosed())
            await stopping.value
        }
    }

    @Test func `a stop in a cancelled task waits all the same`() async throws {
        let server = EndpointServer([hello])
        let port = try server.start().port
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            await server.stop(within: .seconds(5))
            return server.connectionCount
        }
        task.cancel()
        #expect(await task.value == 0)
        #expect(throws: (any Error).self) { try TestClient(port: port) }
    }

    @Test func `a server that is let go closes its port and its connections`() async throws {
        var server: EndpointServer? = EndpointServer([hello])
        let port = try #require(try server?.start().port)
        let client = try TestClient(port: port)
        #expect(try await client.get("/hello").text == "hello")
        server = nil
        #expect(await client.isClosed())
        #expect(throws: (any Error).self) { try TestClient(port: port) }
    }

    @Test func `a handler that holds up the thread does not hold up the stop`() async throws {
        let (begun, ends) = (Box(false), Box(false))
        let stuck = Endpoint.probe("/stuck") { _ in
            begun.value = true
            while !ends.value {}
            return .text("late")
        }
        let server = EndpointServer([stuck])
        let client = try TestClient(port: try server.start().port)
        try await client.send("GET /stuck HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        #expect(await eventually { begun.value })
        await server.stop(within: .milliseconds(50))
        #expect(server.address == nil)
        ends.value = true
        #expect(try await client.response().text == "late")
        #expect(await client.isClosed())
    }
}
