extension Monitor.TraceState {
    /// What ``headerValue`` sends at most: common servers refuse requests whose headers together exceed 8 KiB.
    static let longestSent = 4096

    /// An entry longer than this is the first to go when a list must be shortened.
    static let longEntry = 128

    /// What to send as `tracestate`: everything up to 4096 characters; `nil` when there is nothing to send.
    ///
    /// A state that was received is sent as it stands, without being encoded again. A longer one is shortened as
    /// ``headerValue(limit:)`` says.
    public var headerValue: String? { headerValue(limit: Self.longestSent) }

    /// What to send as `tracestate` when only so many characters can be sent; `nil` when there is nothing to send.
    ///
    /// Whole entries are left out until the rest fits: first those above 128 characters, then others, each time from the end.
    ///
    /// - Parameter limit: The most characters to send. W3C Trace Context asks for at least 512.
    /// - Returns: The header's value.
    public func headerValue(limit: Int) -> String? {
        var text = text
        while text.utf8.count > limit {
            guard let victim = HeaderText.withBytes(of: text, Self.nextToLeaveOut) else { break }
            text = HeaderText.removing(victim, from: text)
        }
        return text.isEmpty ? nil : text
    }

    /// The first `count` entries.
    func first(_ count: Int) -> Self {
        let end = HeaderText.withBytes(of: text) { bytes in
            var rest: Range<Int>? = bytes.indices
            var end = 0
            for _ in 0..<count {
                guard let member = HeaderText.nextPiece(of: &rest, in: bytes) else { break }
                end = member.upperBound
            }
            return end
        }
        return end == text.utf8.count ? self : Self(text: String(decoding: text.utf8.prefix(end), as: UTF8.self))
    }

    private static func nextToLeaveOut(_ bytes: Span<UInt8>) -> Range<Int>? {
        var (last, lastLong): (Range<Int>?, Range<Int>?) = (nil, nil)
        var rest: Range<Int>? = bytes.indices
        while let member = HeaderText.nextPiece(of: &rest, in: bytes), !member.isEmpty {
            last = member
            if member.count > longEntry { lastLong = member }
        }
        return lastLong ?? last
    }
}
