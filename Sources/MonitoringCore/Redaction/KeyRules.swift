/// Tells from a name whether what it names is a secret.
///
/// A name is read as words: `X-Api-Key`, `xApiKey` and `x.api_key` are the same three. That is what tells `refresh_token`
/// from `max_tokens`, and `secret` from `secretary`.
final class KeyRules: Sendable {
    enum Verdict: Sendable {
        /// Nothing secret.
        case harmless
        /// Often a secret, at times a number: `token`, `auth`.
        case likely
        /// A secret.
        case secret
        /// A header whose value can have several parts: `Authorization`, `Cookie`.
        case header

        var isSensitive: Bool { self != .harmless }
    }

    /// Of a longer name only the end is looked at.
    static let longestName = 128

    private let isOn: Bool
    private let additional: WordSet
    private let allowed: WordSet
    private let prefilter: Prefilter

    init(_ redaction: Monitor.Redaction) {
        self.isOn = redaction.sensitiveKeys
        self.additional = WordSet(redaction.additionalKeys.map(Self.normalized).filter { !$0.isEmpty })
        self.allowed = WordSet(redaction.allowedKeys.map(Self.normalized).filter { !$0.isEmpty })
        var prefilter = Prefilter()
        let stems =
            "pas pwd sec tok key aut cre coo dsn jwt bea csr xsr otp cvv cvc ssn ses sid web phr two sas sym mne cfd pgp ken"
        for (number, stem) in stems.split(separator: " ").enumerated() {
            let letters = Array(stem.utf8)
            prefilter.add(
                1 << UInt32(number),
                { ByteClass.lowercased($0) == letters[0] },
                { ByteClass.lowercased($0) == letters[1] },
                { ByteClass.lowercased($0) == letters[2] }
            )
        }
        self.prefilter = prefilter
    }

    /// What the bytes of `range` name.
    func verdict(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Verdict {
        let name = bytes.extracting(Swift.max(range.lowerBound, range.upperBound - Self.longestName)..<range.upperBound)
        if !additional.isEmpty, Self.hasEnd(of: name, in: additional) { return .secret }
        guard isOn, prefilter.next(in: name, from: 0) != nil else { return .harmless }
        let verdict = NameReading(name).verdict
        guard verdict.isSensitive, !allowed.isEmpty, Self.hasEnd(of: name, in: allowed) else { return verdict }
        return .harmless
    }

    /// Whether the query item with that name is a secret because it stands in a URL.
    func isSecretQueryItem(_ bytes: Span<UInt8>, _ range: Range<Int>, value: Range<Int>) -> Bool {
        let hash = Self.normalizedHash(bytes, range)
        if allowed.contains(hash: hash) { return false }
        return KeyWords.query.contains(hash: hash)
            || (KeyWords.longQuery.contains(hash: hash) && looksMade(bytes, value))
    }

    /// Whether the value is a token rather than a name or a text: long, with a digit, and little that had to be encoded.
    private func looksMade(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        guard (16...2048).contains(value.count), bytes.contains(value, where: ByteClass.isDigit) else { return false }
        return bytes.allSatisfy(value) { ByteClass.isBase64($0) || ".~%".utf8.contains($0) }
            && !value.contains { bytes.has("%0A", at: $0) || bytes.has("%20", at: $0) }
    }

    /// Whether the name, or what follows one of its dots, is in the set once separators are dropped.
    private static func hasEnd(of name: Span<UInt8>, in set: WordSet) -> Bool {
        var start = 0
        while true {
            if set.contains(hash: normalizedHash(name, start..<name.count)) { return true }
            while start < name.count, name[start] != UInt8(ascii: ".") { start += 1 }
            guard start < name.count else { return false }
            start += 1
        }
    }

    private static func normalizedHash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash = WordHash()
        for index in range where !isSeparator(bytes[index]) { hash.add(ByteClass.lowercased(bytes[index])) }
        return hash.value
    }

    private static func normalized(_ key: String) -> String {
        String(decoding: key.utf8.filter { !isSeparator($0) }, as: UTF8.self)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == 0x20
    }
}
