/// Reads a `text/event-stream` as it comes, by the rules of the HTML standard, however its bytes are cut.
///
/// Ids and reconnection times are for browsers and not kept. An event that the end of the stream cuts off is dropped.
struct ServerSentEventParser: Sendable {
    /// The stream holds a line or an event that is longer than what is taken.
    struct TooLong: Error, Hashable {
        var limit: Int
    }

    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    private let limit: Int
    private var line: [UInt8] = []
    private var isFirstLine = true
    /// A carriage return ended the line before: a line feed right after it belongs to it.
    private var endedByReturn = false
    private var name = ""
    private var data: [UInt8] = []
    private var hasData = false

    /// Makes a parser.
    ///
    /// - Parameter limit: The longest line, and the most data of an event, in bytes.
    init(limit: Int = 256 << 10) {
        self.limit = limit
    }

    /// Reads on.
    ///
    /// - Returns: The events that are complete now, in order.
    /// - Throws: ``TooLong``; the parser is of no more use then.
    mutating func read(_ bytes: [UInt8]) throws(TooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var rest = bytes[...]
        while let first = rest.first {
            let completesReturn = endedByReturn && first == UInt8(ascii: "\n")
            endedByReturn = false
            if completesReturn {
                rest = rest.dropFirst()
                continue
            }
            let piece = rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            guard piece.count <= limit - line.count else { throw TooLong(limit: limit) }
            line += piece
            rest = rest[piece.endIndex...]
            guard let end = rest.popFirst() else { break }
            endedByReturn = end == UInt8(ascii: "\r")
            if let event = try endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() throws(TooLong) -> ServerSentEvent? {
        var line = self.line[...]
        defer { self.line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: Self.byteOrderMark) { line = line.dropFirst(Self.byteOrderMark.count) }
        isFirstLine = false
        guard !line.isEmpty else { return dispatch() }
        let field = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line[field.endIndex...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch String(decoding: field, as: UTF8.self) {
        case "event": name = String(decoding: value, as: UTF8.self)
        case "data":
            guard value.count < limit - data.count else { throw TooLong(limit: limit) }
            if hasData { data.append(UInt8(ascii: "\n")) }
            data += value
            hasData = true
        default: break  // a comment, which has an empty field, an id, a time, or nothing that is known
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            name = ""
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        guard hasData else { return nil }
        return ServerSentEvent(name: name.isEmpty ? "message" : name, data: String(decoding: data, as: UTF8.self))
    }
}
