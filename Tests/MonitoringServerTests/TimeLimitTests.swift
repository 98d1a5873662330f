import MonitoringCore
import MonitoringServer
import MonitoringTesting
import Testing

/// Deadlines, on a clock that the test moves.
@Suite struct TimeLimitTests {
    private func withClock(
        _ endpoints: [Endpoint],
        _ body: (EndpointServer, Int, ManualClock) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        try await withServer(endpoints, .with { $0.clock = clock }) { server, port in
            try await body(server, port, clock)
        }
    }

    @Test func `a head that does not come whole is 408 after ten seconds`() async throws {
        try await withClock([hello]) { _, port, clock in
            let client = try TestClient(port: port)
            try await client.send("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /hello HT")
            #expect(try await client.response().text == "hello")
            await clock.waitForSleepers()
            clock.advance(by: .milliseconds(9999))
            #expect(try await TestClient(port: port).get("/hello").text == "hello")
            clock.advance(by: .milliseconds(1))
            let response = try await client.response()
            #expect(response.status == 408 && response["Connection"] == "close")
        }
    }

    @Test func `a connection on which nothing comes is closed without a word`() async throws {
        try await withClock([hello]) { server, port, clock in
            let silent = try TestClient(port: port)
            #expect(await eventually { server.connectionCount == 1 })
            await clock.waitForSleepers()
            clock.advance(by: .seconds(10))
            #expect(await silent.isClosed())
        }
    }

    @Test func `a kept connection is closed after a minute without a request`() async throws {
        try await withClock([hello]) { server, port, clock in
            let client = try TestClient(port: port)
            #expect(try await client.get("/hello").text == "hello")
            await clock.waitForSleepers()
            clock.advance(by: .seconds(59))
            #expect(try await client.get("/hello").text == "hello")
            await clock.waitForSleepers()
            clock.advance(by: .seconds(59))
            #expect(try await client.get("/hello").text == "hello")
            await clock.waitForSleepers()
            clock.advance(by: .seconds(60))
            #expect(await client.isClosed())
            #expect(await eventually { server.connectionCount == 0 })
        }
    }

    @Test func `a body that does not come whole is 408 after half a minute`() async throws {
        try await withClock([echo]) { _, port, clock in
            let client = try TestClient(port: port)
            try await client.send(
                "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.response().status == 100)
            try await client.send("hi")
            await clock.waitForSleepers()
            clock.advance(by: .seconds(30))
            #expect(try await client.response().status == 408)
            #expect(await client.isClosed())
        }
    }

    @Test func `a handler that takes more than a minute is cancelled and 503, and the connection goes on`() async throws
    {
        let events = Box<[String]>([])
        let slow = Endpoint.get("/slow", .open) { _ in
            events.update { $0.append("begun") }
            try? await Task.sleep(for: .seconds(3600))
            events.update { $0.append(Task.isCancelled ? "cancelled" : "done") }
            return .text("late")
        }
        try await withClock([slow, hello]) { _, port, clock in
            let client = try TestClient(port: port)
            try await client.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(await eventually { events.value == ["begun"] })
            clock.advance(by: .seconds(60))
            #expect(try await client.response().status == 503)
            #expect(await eventually { events.value == ["begun", "cancelled"] })
            #expect(try await client.get("/hello").text == "hello")
        }
    }

    @Test func `a reader that takes nothing for half a minute is dropped, and one that waits for more is not`()
        async throws
    {
        let made = Box(0)
        let pieces = Endpoint.probe("/pieces") { _ in
            EndpointResponse(
                body: .pieces {
                    made.update { $0 += 1 }
                    return [UInt8](repeating: 0, count: 64 << 10)
                })
        }
        let events = Endpoint.get("/events", .open) { _ in
            EndpointResponse(
                body: .stream { writer in
                    try await writer.write([65])
                    try await Task.sleep(for: .seconds(3600))
                })
        }
        try await withClock([pieces, events]) { server, port, clock in
            let patient = try TestClient(port: port)
            try await patient.send("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            var text = ""
            while !text.hasSuffix("1\r\nA\r\n") { text += String(decoding: try await patient.read(), as: UTF8.self) }
            let idle = try TestClient(port: port, receiveBuffer: 4096)
            try await idle.send("GET /pieces HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            var last = -1
            while made.value != last || last == 0 {
                last = made.value
                try await Task.sleep(for: .milliseconds(50))
            }
            clock.advance(by: .seconds(30))
            #expect(await eventually { server.connectionCount == 1 })
            clock.advance(by: .seconds(3600))
            let other = try TestClient(port: port)
            #expect(try await other.get("/nothing").status == 404)
            #expect(server.connectionCount == 2)
            withExtendedLifetime((patient, idle)) {}
        }
    }
}
