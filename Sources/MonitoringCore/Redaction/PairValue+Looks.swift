extension PairValue {
    /// Whether the value is empty, was removed before, stands for a value or says that there is none.
    func isHarmless(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        if value.isEmpty || endOfRemoved(bytes, value.lowerBound) == value.upperBound { return true }
        if PlaceholderWords.all.contains(bytes, value) { return true }
        return bytes.equals(value, name) || isPlaceholder(bytes, value)
    }

    /// Whether a value can hardly be a word: it has a digit, a mark that words do not have, or is long.
    func looksSecret(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        if bytes.allSatisfy(value, ByteClass.isDigit) { return value.count >= 4 }
        if bytes.contains(value, where: ByteClass.isDigit) { return true }
        if bytes.contains(value, where: { "!#%^&*+~?@=/".utf8.contains($0) }) { return value.count >= 6 }
        return value.count >= 24 && !bytes.contains(value) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
    }

    /// Whether a name alone on its line is followed by one plain word: `password: swordfish`, not the middle of a sentence
    /// or of a parameter list.
    func endsLine(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        let end = bytes.endOfRun(from: value.upperBound, limit: 64, ByteClass.isBlank)
        guard end == bytes.count || ByteClass.isLineBreak(bytes[end]) || bytes.has("\\n", at: end) else { return false }
        guard bytes.allSatisfy(value, { ByteClass.isLetter($0) || $0 == UInt8(ascii: "-") || $0 >= 0x80 }) else {
            return false
        }
        let capitals = bytes.count(value, where: ByteClass.isUppercase)
        return capitals <= 1
    }

    /// Whether the value is an expression: `getPassword()`, `tokens[index]`, `self.token`; where it does not follow a bare
    /// `=`, also `proxy?.token` and `Token?`.
    func isCode(_ bytes: Span<UInt8>, _ value: Range<Int>, isTight: Bool) -> Bool {
        let first = bytes[value.lowerBound]
        guard ByteClass.isLetter(first) || (first == UInt8(ascii: ".") && !isTight) else { return false }
        let path = bytes.endOfRun(from: value.lowerBound) { ByteClass.isDottedToken($0) && $0 != UInt8(ascii: "-") }
        if path < value.upperBound, "([{".utf8.contains(bytes[path]) { return true }
        let owner = bytes.endOfRun(from: value.lowerBound, ByteClass.isLetter)
        if isTight {
            return bytes.byte(owner) == UInt8(ascii: ".") && !bytes.contains(value, where: ByteClass.isDigit)
                && PlaceholderWords.owners.contains(bytes, value.lowerBound..<owner)
        }
        let isMark: (UInt8) -> Bool = { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "?") }
        return bytes.contains(value, where: isMark)
            && bytes.allSatisfy(value) { ByteClass.isLetter($0) || isMark($0) || $0 == UInt8(ascii: "_") }
    }

    /// Whether what a lexer calls a token is its kind: `token: "keyword.operator"`.
    func isDottedName(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        verdict == .likely && bytes.contains(value) { $0 == UInt8(ascii: ".") }
            && bytes.allSatisfy(value) { ByteClass.isDottedToken($0) && !ByteClass.isUppercaseOrDigit($0) }
    }

    /// Whether the value stands for one: `${TOKEN}`, `$TOKEN`, `<token>`, `{{ token }}`, `%s`, `****`, `xxxx`, `...`.
    func isPlaceholder(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        let first = bytes[value.lowerBound]
        switch first {
        case UInt8(ascii: "$"):
            let next = bytes.byte(value.lowerBound + 1)
            if next == UInt8(ascii: "{") || next == UInt8(ascii: "(") { return true }
            return bytes.allSatisfy(value.lowerBound + 1..<value.upperBound) {
                ByteClass.isUppercaseOrDigit($0) || $0 == UInt8(ascii: "_")
            }
        case UInt8(ascii: "<"), UInt8(ascii: "{"): return true
        case UInt8(ascii: "\\"): return bytes.byte(value.lowerBound + 1) == UInt8(ascii: "(")
        case UInt8(ascii: "%"): return value.count == 2 || bytes.byte(value.lowerBound + 1) == UInt8(ascii: "(")
        case UInt8(ascii: "*"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            return (value.count > 2 || first == UInt8(ascii: "*")) && bytes.allSatisfy(value) { $0 == first }
        case UInt8(ascii: "&"): return bytes.has("&lt;", at: value.lowerBound)
        default: return bytes.equalsIgnoringCase("…", value)
        }
    }
}

extension Span where Element == UInt8 {
    /// Whether both ranges hold the same letters in any case.
    fileprivate func equals(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for (left, right) in zip(left, right)
        where ByteClass.lowercased(self[left]) != ByteClass.lowercased(self[right]) { return false }
        return true
    }

    fileprivate func count(_ range: Range<Int>, where fits: (UInt8) -> Bool) -> Int {
        var count = 0
        for index in range where fits(self[index]) { count += 1 }
        return count
    }
}

/// Words that are not secrets where a secret could stand, and words before which one stands.
enum PlaceholderWords {
    /// Values that say there is no value, and types.
    static let all = WordSet(
        words: """
            null nil none undefined true false yes no on off required optional missing invalid empty expired hidden unset
            unknown string str int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 integer float double number bool boolean text any bytes data object value optional<string> string?
            secretstr redacted [redacted] [filtered] filtered masked removed changeme n/a na token key
            bearer basic todo ok error default auto disabled enabled cancelled canceled async await
            """
    )
    /// Schemes of the `Authorization` header that are followed by one token.
    static let schemes = WordSet(
        words:
            "bearer basic token apikey api-key bot negotiate ntlm digest aws4-hmac-sha256 sentry hawk oauth signature glpat"
    )
    /// Schemes that are followed by several parts.
    static let longSchemes = WordSet(words: "digest aws4-hmac-sha256 sentry hawk oauth signature")
    /// What expressions in code begin with.
    static let owners = WordSet(
        words:
            "self this os process env config settings request req args options secrets vars var local ctx context params user"
    )
}
