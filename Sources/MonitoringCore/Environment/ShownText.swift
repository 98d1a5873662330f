/// Text from outside made fit to be shown in a problem: short, on one line, without secrets.
enum ShownText {
    /// A value of the environment between quotation marks; `(secret)` in its place if it is one.
    ///
    /// User info and queries are taken out of whatever looks like a URL: people put them into variables that are not
    /// meant for secrets.
    static func value(_ text: String, isSecret: Bool) -> String {
        isSecret ? "(secret)" : "\"" + plain(withoutURLSecrets(text)) + "\""
    }

    /// At most `limit` characters, those that could move a cursor or forge a line escaped.
    static func plain(_ text: String, limit: Int = 64) -> String {
        let head = text.unicodeScalars.prefix(limit)
        let isCut = head.endIndex < text.unicodeScalars.endIndex
        return TerminalText.escaped(String(String.UnicodeScalarView(head))) + (isCut ? "…" : "")
    }

    private static func withoutURLSecrets(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let start = endOfScheme(bytes) else { return text }
        let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
        let query = bytes[end...].firstIndex { "?#".utf8.contains($0) } ?? bytes.endIndex
        var result = Array(bytes[..<start])
        if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) {
            result += "(secret)".utf8
            result += bytes[at..<query]
        } else {
            result += bytes[start..<query]
        }
        if query < bytes.endIndex {
            result.append(bytes[query])
            result += "(secret)".utf8
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Where the first `://` ends.
    private static func endOfScheme(_ bytes: [UInt8]) -> Int? {
        let mark = Array("://".utf8)
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + 3)].elementsEqual(mark) }.map { $0 + 3 }
    }
}
