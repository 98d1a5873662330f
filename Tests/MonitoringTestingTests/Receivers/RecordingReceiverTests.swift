import MonitoringTesting
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct RecordingReceiverTests {
    private static let post =
        "POST /v1/traces?x=1 HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\nhello"

    @Test func `a request is kept as it was sent and accepted`() async throws {
        let receiver = try RecordingReceiver()
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.post)
        #expect(try client.read(until: "{}").hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"))
        let request = try #require(await receiver.requests(atLeast: 1).first)
        #expect(request.method == "POST" && request.path == "/v1/traces?x=1" && request.text == "hello")
        #expect(request.header("content-type") == "application/json" && request.header("HOST") == "a")
        #expect(request.header("missing") == nil)
    }

    @Test func `answers come in order and the last one stays, on one connection`() async throws {
        let receiver = try RecordingReceiver(.status(503, ["Retry-After": "1"]), .status(429), .accepted)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        for status in ["503", "429", "200", "200"] {
            try client.send(Self.post)
            let answer = try client.read(until: status == "200" ? "{}" : "\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.contains("Retry-After: 1\r\n") == (status == "503"))
        }
        #expect(receiver.requests.count == 4)
    }

    @Test func `an answer can depend on the request`() async throws {
        let receiver = try RecordingReceiver { .json("\"\($0.path)\"", status: $0.body.count) }
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        let body = String(repeating: "b", count: 413)
        try client.send("PUT /p HTTP/1.1\r\nConnection: close\r\nContent-Length: 413\r\n\r\n\(body)")
        let answer = try client.readAll()
        #expect(answer.hasPrefix("HTTP/1.1 413 No\r\n") && answer.hasSuffix("\r\n\r\n\"/p\""))
    }

    @Test func `requests that come in one piece, or byte by byte, are told apart`() async throws {
        let receiver = try RecordingReceiver()
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.post + Self.post)
        for byte in (Self.post + Self.post).utf8 { try client.send([byte]) }
        #expect(await receiver.requests(atLeast: 4).map(\.text) == ["hello", "hello", "hello", "hello"])
    }

    @Test func `a chunked body is joined, extensions and trailers aside`() async throws {
        let receiver = try RecordingReceiver()
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n0A\r\n0123456789\r\n0\r\nT: v\r\n\r\n"
        )
        try client.send(Self.post)
        #expect(await receiver.requests(atLeast: 2).map(\.text) == ["Wiki0123456789", "hello"])
    }

    @Test func `a client that asks whether to go on is told to`() async throws {
        let receiver = try RecordingReceiver()
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        #expect(try client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        try client.send("ok")
        #expect(await receiver.requests(atLeast: 1).first?.text == "ok")
    }

    @Test func `an answer to HEAD has a length and no body`() throws {
        let receiver = try RecordingReceiver()
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n")
        let answer = try client.readAll()
        #expect(answer.contains("Content-Length: 2\r\n") && answer.hasSuffix("\r\n\r\n"))
    }

    @Test(arguments: [
        "PRI * HTTP/2.0\r\n\r\n", "GET /\r\n\r\n", "\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n",
        "GET / HTTP/1.1\r\nA: " + String(repeating: "a", count: 70_000),
    ])
    func `what is not HTTP or too long is answered by 400 and counted`(_ text: String) throws {
        let receiver = try RecordingReceiver(bodyLimit: 10)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(text)
        let answer = try client.read(until: "\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 400 ") && receiver.malformedCount == 1 && receiver.requests.isEmpty)
    }

    @Test func `many connections at once lose nothing`() async throws {
        let receiver = try RecordingReceiver()
        defer { receiver.stop() }
        let port = receiver.port
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    let client = try PlainClient(port: port)
                    for _ in 0..<5 {
                        try client.send(Self.post)
                        _ = try client.read(until: "{}")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(receiver.requests.count == 160 && receiver.malformedCount == 0)
    }

    @Test func `waiting for requests ends with the task`() async throws {
        let receiver = try RecordingReceiver()
        defer { receiver.stop() }
        let task = Task { await receiver.requests(atLeast: 1).count }
        task.cancel()
        #expect(await task.value == 0)
    }

    @Test func `a stopped receiver has closed its port and its connections, and another can take the port`() throws {
        let first = try OwnPort.open { port throws(ReceiverError) in try RecordingReceiver(port: port) }
        let idle = try PlainClient(port: first.port)
        try idle.send(Self.post)
        _ = try idle.read(until: "{}")
        first.stop()
        first.stop()
        #expect(try idle.readAll().isEmpty)
        #expect(throws: PlainClient.Failure(code: ECONNREFUSED)) { _ = try PlainClient(port: first.port) }
        #expect(first.requests.count == 1)
        let second = try RecordingReceiver(port: first.port)
        defer { second.stop() }
        #expect(second.port == first.port && second.url == "http://127.0.0.1:\(first.port)")
        let client = try PlainClient(port: second.port)
        try client.send(Self.post)
        #expect(try client.read(until: "{}").hasPrefix("HTTP/1.1 200"))
    }

    @Test func `a receiver that is let go closes its port`() throws {
        let port = try OwnPort.open { port throws(ReceiverError) in try RecordingReceiver(port: port).port }
        #expect(throws: PlainClient.Failure(code: ECONNREFUSED)) { _ = try PlainClient(port: port) }
    }

    @Test func `a port that is taken is an error that says so`() throws {
        let receiver = try RecordingReceiver()
        defer { receiver.stop() }
        let error = #expect(throws: ReceiverError.self) { _ = try RecordingReceiver(port: receiver.port) }
        #expect(error?.code == EADDRINUSE)
        #expect(error?.description.contains("failed with errno \(EADDRINUSE)") == true)
    }
}
