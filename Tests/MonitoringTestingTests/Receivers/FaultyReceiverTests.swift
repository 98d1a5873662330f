import MonitoringTesting
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct FaultyReceiverTests {
    private static let get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let big = [UInt8](repeating: UInt8(ascii: "x"), count: 32 << 20)

    @Test func `a refusing receiver refuses, and nobody else gets its port`() throws {
        let receiver = try FaultyReceiver(.refuse)
        defer { receiver.stop() }
        #expect(throws: PlainClient.Failure(code: ECONNREFUSED)) { _ = try PlainClient(port: receiver.port) }
        #expect(throws: ReceiverError.self) { _ = try RecordingReceiver(port: receiver.port) }
    }

    #if os(Linux)
        @Test func `a full backlog leaves a connection neither made nor refused`() throws {
            let receiver = try FaultyReceiver(.fullBacklog)
            defer { receiver.stop() }
            #expect(!PlainClient.canConnect(port: receiver.port, milliseconds: 100))
            let open = try RecordingReceiver()
            defer { open.stop() }
            #expect(PlainClient.canConnect(port: open.port, milliseconds: -1))
        }
    #endif

    @Test(arguments: [FaultyReceiver.Fault.silentAccept, .tlsStall])
    func `a silent receiver reads everything and says nothing`(_ fault: FaultyReceiver.Fault) throws {
        let receiver = try FaultyReceiver(fault)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.big)
        client.finishWriting()
        #expect(try client.readAll().isEmpty)
        #expect(receiver.url.hasPrefix(fault == .tlsStall ? "https://" : "http://"))
    }

    @Test func `a slow reader makes the writer wait`() throws {
        let receiver = try FaultyReceiver(.slowReader, paceMilliseconds: 60_000)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        #expect(client.writesUntilBlocked(limit: Self.big.count))
        receiver.stop()
    }

    @Test func `a reset comes instead of the response`() async throws {
        let receiver = try FaultyReceiver(.resetBeforeResponse)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.get)
        #expect(throws: PlainClient.Failure(code: ECONNRESET)) { _ = try client.read(atLeast: 1) }
        #expect(await receiver.requests(atLeast: 1).map(\.path) == ["/x"])
    }

    @Test func `a reset comes within the response`() throws {
        let receiver = try FaultyReceiver(.resetWithinResponse)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.get)
        let error = #expect(throws: PlainClient.Failure.self) {
            #expect(try client.read(until: "\r\n\r\n{").contains("Content-Length: 1000\r\n"))
            _ = try client.read(atLeast: 1000)
        }
        #expect(error?.code == ECONNRESET)
    }

    @Test func `a dripping response comes in many pieces and does not end`() throws {
        let receiver = try FaultyReceiver(.drip, paceMilliseconds: 1)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.get)
        var pieces = 0
        var text = ""
        while text.utf8.count < 200 {
            text += String(decoding: try client.read(atLeast: 1), as: UTF8.self)
            pieces += 1
        }
        #expect(pieces > 20 && text.contains("Content-Length: 1000000\r\n"))
    }

    @Test func `an endless body goes on until the client has enough`() throws {
        let receiver = try FaultyReceiver(.endlessBody)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.get)
        let bytes = try client.read(atLeast: 8 << 20)
        #expect(bytes.count >= 8 << 20)
        #expect(String(decoding: bytes.prefix(200), as: UTF8.self).contains("Transfer-Encoding: chunked\r\n"))
    }

    @Test func `garbage is no HTTP`() throws {
        let receiver = try FaultyReceiver(.garbage)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.get)
        let bytes = try client.read(atLeast: .max)
        #expect(bytes.count == 2048 && bytes.first == 7 && !bytes.starts(with: Array("HTTP".utf8)))
    }

    @Test func `who follows the redirect is seen`() async throws {
        let receiver = try FaultyReceiver(.redirect)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(Self.get)
        let answer = try client.read(until: "\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 307 ") && answer.contains("Location: /elsewhere\r\n"))
        try client.send("GET /elsewhere HTTP/1.1\r\n\r\n")
        #expect(await receiver.requests(atLeast: 2).map(\.path) == ["/x", "/elsewhere"])
    }

    @Test(arguments: FaultyReceiver.Fault.allFaults)
    func `a status is answered to every request`(_ fault: FaultyReceiver.Fault) throws {
        guard case .status(let code, let retryAfter) = fault else { return }
        let receiver = try FaultyReceiver(fault)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        for _ in 0..<2 {
            try client.send(Self.get)
            let answer = try client.read(until: "\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 \(code) "))
            #expect(answer.contains("Retry-After: 3600\r\n") == (retryAfter != nil))
        }
        #expect(receiver.requests.count == 2)
    }

    @Test(arguments: [get, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"])
    func `a gRPC server answers with frames and closes`(_ text: String) throws {
        let receiver = try FaultyReceiver(.http2)
        defer { receiver.stop() }
        let client = try PlainClient(port: receiver.port)
        try client.send(text)
        let bytes = try client.read(atLeast: 26)
        #expect(Array(bytes.prefix(9)) == [0, 0, 0, 4, 0, 0, 0, 0, 0] && bytes.count == 26)
    }

    @Test(arguments: FaultyReceiver.Fault.allFaults)
    func `every fault ends with its receiver, whoever is still connected`(_ fault: FaultyReceiver.Fault) throws {
        var receiver: FaultyReceiver? = try OwnPort.open { port throws(ReceiverError) in
            try FaultyReceiver(fault, port: port, paceMilliseconds: 60_000)
        }
        let port = try #require(receiver?.port)
        let client = fault == .refuse || fault == .fullBacklog ? nil : try PlainClient(port: port)
        try client?.send(Self.get)
        receiver = nil
        let next = try RecordingReceiver(port: port)
        defer { next.stop() }
        #expect(PlainClient.canConnect(port: next.port, milliseconds: -1))
    }
}
