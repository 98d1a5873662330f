/// One event of a `text/event-stream`.
struct ServerSentEvent: Sendable, Hashable {
    /// What kind of event it is; `message` where the stream does not say.
    var name = "message"
    /// The lines of data, joined by line feeds.
    var data: String

    /// The event as bytes of a stream.
    ///
    /// Whatever `data` holds, it comes out as one event; line breaks of any kind come out as line feeds.
    var bytes: [UInt8] {
        var text = name == "message" ? "" : "event: \(name)\n"
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isLineBreak) {
            text += "data: \(line)\n"
        }
        return Array((text + "\n").utf8)
    }
}

extension Character {
    /// What ends a line of an event stream; CRLF is one character.
    fileprivate var isLineBreak: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
