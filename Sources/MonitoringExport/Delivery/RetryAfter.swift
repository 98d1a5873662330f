/// How long a receiver asks to wait.
enum RetryAfter {
    /// No receiver is obeyed for longer than this: a mistake of a minute must not cost a day of telemetry.
    static let longest = Duration.seconds(6 * 3_600)

    /// Reads `Retry-After`: seconds, or a date, which is measured against the answer's own `Date` if it has one, so
    /// that a wrong clock on either side does no harm.
    ///
    /// - Parameters:
    ///   - headers: The answer's fields.
    ///   - unixNanoseconds: What our clock says.
    /// - Returns: A positive time of at most ``longest``; `nil` when the answer asks for none, or for one that is over.
    static func read(_ headers: [HeaderField], unixNanoseconds: UInt64) -> Duration? {
        guard let value = headers.firstValue(of: "retry-after") else { return nil }
        let text = String(decoding: value.utf8.trimmed.map { $0 }, as: UTF8.self)
        if !text.isEmpty, text.utf8.allSatisfy(\.isDigit) {
            return bounded(Int64(text) ?? .max)
        }
        let own = Int64(clamping: unixNanoseconds / 1_000_000_000)
        let reference = headers.firstValue(of: "date").flatMap { HTTPDate.seconds($0, now: own) } ?? own
        return HTTPDate.seconds(text, now: own).flatMap { bounded($0 - reference) }
    }

    private static func bounded(_ seconds: Int64) -> Duration? {
        seconds > 0 ? min(.seconds(seconds), longest) : nil
    }
}
