import MonitoringCore

/// Reads the HTTP/1.1 requests of one connection, one after the other.
struct RequestReader {
    /// What the connection had next.
    enum Result {
        case request(ReceivedRequest)
        /// Not HTTP/1.1, or longer than the limits.
        case malformed
        /// The peer is gone, or the receiver stops.
        case end
    }

    /// The longest request line with its headers, in bytes.
    static let headLimit = 64 * 1024

    private let bodyLimit: Int
    private var buffer: [UInt8] = []

    /// - Parameter bodyLimit: The longest body, in bytes.
    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// The next request, whole.
    mutating func next(from connection: borrowing LoopbackConnection) -> Result {
        var searched = 0
        var headEnd = Self.endOfHead(buffer, from: 0)
        while headEnd == nil {
            guard buffer.count <= Self.headLimit else { return .malformed }
            searched = max(buffer.count - 3, 0)
            guard let more = connection.read() else { return .end }
            buffer += more
            headEnd = Self.endOfHead(buffer, from: searched)
        }
        guard let headEnd, let head = RequestHead(buffer[..<headEnd]) else { return .malformed }
        buffer.removeFirst(headEnd)
        if head.expectsContinue, !connection.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) { return .end }
        switch head.framing {
        case .invalid: return .malformed
        case .length(let count):
            guard count <= bodyLimit else { return .malformed }
            guard let body = take(count, connection) else { return .end }
            return .request(head.request(body))
        case .chunked: return chunked(head, connection)
        }
    }

    private mutating func chunked(_ head: RequestHead, _ connection: borrowing LoopbackConnection) -> Result {
        var body: [UInt8] = []
        while true {
            guard let line = takeLine(connection) else { return .end }
            let digits = line.prefix { $0 != UInt8(ascii: ";") }
            guard let count = Int(String(decoding: digits, as: UTF8.self), radix: 16), count >= 0,
                count <= bodyLimit - body.count
            else { return .malformed }
            guard let chunk = take(count, connection) else { return .end }
            body += chunk
            // After a chunk comes an empty line; after the last one trailers, which end with an empty line.
            while let rest = takeLine(connection) {
                if rest.isEmpty { break }
                if count > 0 { return .malformed }
            }
            if count == 0 { return .request(head.request(body)) }
        }
    }

    private mutating func take(_ count: Int, _ connection: borrowing LoopbackConnection) -> [UInt8]? {
        while buffer.count < count {
            guard let more = connection.read() else { return nil }
            buffer += more
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private mutating func takeLine(_ connection: borrowing LoopbackConnection) -> [UInt8]? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeFirst(end + 1) }
                return buffer[..<end].filter { $0 != UInt8(ascii: "\r") }
            }
            guard buffer.count <= Self.headLimit, let more = connection.read() else { return nil }
            buffer += more
        }
    }

    private static func endOfHead(_ bytes: [UInt8], from start: Int) -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= mark.count else { return nil }
        return (start...(bytes.count - mark.count)).first { bytes[$0...].starts(with: mark) }.map { $0 + mark.count }
    }
}
