/// One connection to a receiver with a fault.
struct FaultyConversation {
    let fault: FaultyReceiver.Fault
    let pace: Int32
    let log: RequestLog

    private static let bodyLimit = 64 << 20
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

    func hold(_ connection: borrowing LoopbackConnection) {
        switch fault {
        case .refuse, .fullBacklog: break
        case .silentAccept, .tlsStall: swallow(connection)
        case .slowReader: readSlowly(connection)
        case .resetBeforeResponse:
            if read(connection) { connection.resetAtEnd() }
        case .resetWithinResponse:
            guard read(connection) else { return }
            if say(Self.head + "Content-Length: 1000\r\n\r\n{", connection) { connection.resetAtEnd() }
        case .drip:
            if read(connection) { drip(connection) }
        case .endlessBody:
            if read(connection) { flood(connection) }
        case .garbage:
            if read(connection) { _ = connection.write((0..<2048).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 7) }) }
        case .redirect: answer(.status(307, ["Location": "/elsewhere"]), connection)
        case .status(let code, let retryAfter):
            answer(retryAfter.map { .status(code, ["Retry-After": $0]) } ?? .status(code), connection)
        case .http2: speakHTTP2(connection)
        }
    }

    /// Keeps one request; false when there was none.
    private func read(_ connection: borrowing LoopbackConnection) -> Bool {
        var reader = RequestReader(bodyLimit: Self.bodyLimit)
        guard case .request(let request) = reader.next(from: connection) else { return false }
        log.append(request)
        return true
    }

    private func say(_ text: String, _ connection: borrowing LoopbackConnection) -> Bool {
        connection.write(Array(text.utf8))
    }

    private func swallow(_ connection: borrowing LoopbackConnection) {
        while connection.read() != nil {}
    }

    private func readSlowly(_ connection: borrowing LoopbackConnection) {
        while connection.read(upTo: 1) != nil, connection.pause(milliseconds: pace) {}
    }

    private func drip(_ connection: borrowing LoopbackConnection) {
        for byte in (Self.head + "Content-Length: 1000000\r\n\r\n").utf8 {
            guard connection.write([byte]), connection.pause(milliseconds: pace) else { return }
        }
        while connection.write([UInt8(ascii: " ")]), connection.pause(milliseconds: pace) {}
    }

    private func flood(_ connection: borrowing LoopbackConnection) {
        guard say(Self.head + "Transfer-Encoding: chunked\r\n\r\n", connection) else { return }
        let chunk = Array("4000\r\n".utf8) + [UInt8](repeating: UInt8(ascii: " "), count: 0x4000) + Array("\r\n".utf8)
        while connection.write(chunk) {}
    }

    private func answer(_ answer: ReceiverAnswer, _ connection: borrowing LoopbackConnection) {
        var reader = RequestReader(bodyLimit: Self.bodyLimit)
        while case .request(let request) = reader.next(from: connection) {
            log.append(request)
            guard connection.write(answer.bytes(hasBody: request.method != "HEAD")), !request.isLast else { return }
        }
    }

    private func speakHTTP2(_ connection: borrowing LoopbackConnection) {
        var reader = RequestReader(bodyLimit: Self.bodyLimit)
        switch reader.next(from: connection) {
        case .end: return
        case .request(let request): log.append(request)
        case .malformed: break
        }
        _ = connection.write(Self.settings + Self.goAway)
    }

    /// An empty `SETTINGS` frame: a server's first word in HTTP/2.
    private static let settings: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
    /// A `GOAWAY` frame with `PROTOCOL_ERROR`.
    private static let goAway: [UInt8] = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
}
