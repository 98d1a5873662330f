import MonitoringCore
import MonitoringServer
import Testing

@Suite struct StreamingTests {
    private static let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 10)
    /// What sockets of this machine hold of a body that nobody reads, with room to spare.
    private static let socketBytes = 24 << 20

    /// A body of one GiB, and how many bytes of it were made.
    private static func pieces(_ made: Box<Int>) -> Endpoint {
        Endpoint(
            method: "GET", path: "/pieces", access: .open,
            handler: .synchronous { _ in
                made.value = 0
                return EndpointResponse(
                    body: .pieces {
                        guard made.value < 1 << 30 else { return nil }
                        made.update { $0 += piece.count }
                        return piece
                    })
            })
    }

    private static func stream(_ made: Box<Int>, _ end: Box<String>) -> Endpoint {
        .get("/stream", .open) { _ in
            EndpointResponse(
                body: .stream { writer in
                    do {
                        while made.value < 1 << 30 {
                            try await writer.write(piece)
                            made.update { $0 += piece.count }
                        }
                        end.value = "complete"
                    } catch {
                        end.value = "\(type(of: error)) \(Task.isCancelled)"
                        throw error
                    }
                })
        }
    }

    /// Waits until no more is made.
    private static func settled(_ made: Box<Int>) async -> Int {
        var last = -1
        while made.value != last || last == 0 {
            last = made.value
            try? await Task.sleep(for: .milliseconds(50))
        }
        return last
    }

    @Test(arguments: ["/pieces", "/stream"]) func `a body is made as fast as it is read, and held by nobody`(
        path: String
    ) async throws {
        let (made, end) = (Box(0), Box(""))
        try await withServer([Self.pieces(made), Self.stream(made, end), hello]) { _, port in
            let client = try TestClient(port: port, receiveBuffer: 4096)
            try await client.send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            let first = await Self.settled(made)
            #expect(first > 0 && first < Self.socketBytes)
            #expect(try await TestClient(port: port).get("/hello").text == "hello")
            var read = 0
            while read < 2 * Self.socketBytes { read += try await client.read().count }
            let second = await Self.settled(made)
            #expect(second > first && second < read + Self.socketBytes)
        }
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.0"]) func `a body comes as it was written, whatever its pieces`(
        version: String
    ) async throws {
        let counted = Endpoint.get("/count", .open) { _ in
            let left = Box(2000)
            return EndpointResponse(
                body: .pieces {
                    left.update { $0 -= 1 }
                    return left.value < 0 ? nil : left.value.isMultiple(of: 3) ? [] : Array("\(left.value) ".utf8)
                })
        }
        let written = Endpoint.get("/written", .open) { _ in
            EndpointResponse(
                body: .stream { writer in
                    for number in (0..<2000).reversed() where !number.isMultiple(of: 3) {
                        try await writer.write(Array("\(number) ".utf8))
                        try await writer.write([])
                    }
                })
        }
        let expected = (0..<2000).reversed().filter { !$0.isMultiple(of: 3) }.map { "\($0) " }.joined()
        try await withServer([counted, written]) { _, port in
            for path in ["/count", "/written"] {
                let client = try TestClient(port: port)
                try await client.send("GET \(path) \(version)\r\nHost: 127.0.0.1\r\n\r\n")
                #expect(try await client.response().text == expected)
            }
        }
    }

    @Test func `what is written arrives though the body does not end`() async throws {
        let (gate, gone) = (AsyncStream<Void>.makeStream(), Box(false))
        let endpoint = Endpoint(
            method: "GET", path: "/events", access: .open,
            handler: .synchronous { _ in
                EndpointResponse(
                    body: .stream { writer in
                        try await writer.write(Array("one".utf8))
                        for await _ in gate.stream { try await writer.write(Array("two".utf8)) }
                        gone.value = true
                    })
            })
        try await withServer([endpoint]) { server, port in
            let client = try TestClient(port: port)
            try await client.send("GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            var text = ""
            while !text.hasSuffix("3\r\none\r\n") { text += String(decoding: try await client.read(), as: UTF8.self) }
            gate.continuation.yield()
            #expect(String(decoding: try await client.read(), as: UTF8.self) == "3\r\ntwo\r\n")
            client.finishWriting()
            #expect(await eventually { gone.value && server.connectionCount == 0 })
        }
    }

    @Test func `when the reader goes, the writer is told and its task is cancelled`() async throws {
        let (made, end) = (Box(0), Box(""))
        try await withServer([Self.stream(made, end)]) { server, port in
            do {
                let client = try TestClient(port: port, receiveBuffer: 4096)
                try await client.send("GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                _ = await Self.settled(made)
                withExtendedLifetime(client) {}
            }
            #expect(await eventually { end.value == "ReaderGone true" && server.connectionCount == 0 })
        }
    }

    @Test func `when the client goes, the handler's task is cancelled`() async throws {
        let events = Box<[String]>([])
        let endpoint = Endpoint.get("/wait", .open) { _ in
            events.update { $0.append("begun") }
            try? await Task.sleep(for: .seconds(3600))
            events.update { $0.append(Task.isCancelled ? "cancelled" : "done") }
            return .text("late")
        }
        try await withServer([endpoint]) { server, port in
            do {
                let client = try TestClient(port: port)
                try await client.send("GET /wait HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                #expect(await eventually { events.value == ["begun"] })
                withExtendedLifetime(client) {}
            }
            #expect(await eventually { events.value == ["begun", "cancelled"] && server.connectionCount == 0 })
        }
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.0"]) func `a body that fails does not look whole`(version: String)
        async throws
    {
        struct Broken: Error {}
        let endpoint = Endpoint.get("/broken", .open) { _ in
            EndpointResponse(
                body: .stream { writer in
                    try await writer.write(Array("half".utf8))
                    throw Broken()
                })
        }
        try await withServer([endpoint]) { _, port in
            let client = try TestClient(port: port)
            try await client.send("GET /broken \(version)\r\nHost: 127.0.0.1\r\n\r\n")
            await #expect(throws: (any Error).self) { try await client.response() }
        }
    }

    @Test func `a stream that nobody may read is not made`() async throws {
        let runs = Box(0)
        let asynchronous = Endpoint.get("/a", .open) { _ in
            EndpointResponse(body: .stream { _ in runs.update { $0 += 1 } })
        }
        let empty = Endpoint.get("/e", .open) { _ in
            EndpointResponse(status: 204, body: .stream { _ in runs.update { $0 += 1 } })
        }
        try await withServer([asynchronous, empty]) { _, port in
            let client = try TestClient(port: port)
            try await client.send("HEAD /a HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(try await client.response(isHead: true)["Transfer-Encoding"] == "chunked")
            #expect(try await client.get("/e").status == 204)
            #expect(try await client.get("/a").text.isEmpty)
            #expect(runs.value == 1)
        }
    }

    @Test func `a writer that waits ends its wait when its own task is cancelled`() async throws {
        let outcome = Box("")
        let endpoint = Endpoint.get("/w", .open) { _ in
            EndpointResponse(
                body: .stream { writer in
                    let inner = Task { while true { try await writer.write(Self.piece) } }
                    try await Task.sleep(for: .milliseconds(100))
                    inner.cancel()
                    do { try await inner.value } catch { outcome.value = "\(type(of: error))" }
                })
        }
        try await withServer([endpoint]) { _, port in
            let client = try TestClient(port: port, receiveBuffer: 4096)
            try await client.send("GET /w HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(await eventually { outcome.value == "CancellationError" })
            withExtendedLifetime(client) {}
        }
    }

    @Test func `a large body of bytes is written whole to a reader who takes its time`() async throws {
        let body = (0..<(8 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try await withServer([.probe("/large") { _ in EndpointResponse(body: .bytes(body)) }]) { _, port in
            let client = try TestClient(port: port, receiveBuffer: 4096)
            #expect(try await client.get("/large").body == body)
            #expect(try await client.get("/large").body == body)
        }
    }
}
