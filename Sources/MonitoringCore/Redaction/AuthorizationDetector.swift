/// Finds `Bearer x` and `Basic x` that stand without the name of a header.
enum AuthorizationDetector {
    /// The token after the `Bearer` whose `rer` stands at `index`.
    static func bearer(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Range<Int>? {
        let start = index - 3
        guard start >= floor, bytes.hasIgnoringCase("bearer", at: start), bytes.isTokenStart(start),
            let first = endOfGap(bytes, start + 6)
        else { return nil }
        var end = bytes.endOfRun(from: first, isInToken)
        while end > first, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        let padded = bytes.endOfRun(from: end) { $0 == UInt8(ascii: "=") }
        // A challenge's parameter: `Bearer realm="…"`.
        if padded > end, ByteClass.isAlphanumeric(bytes.byte(padded)) || ByteClass.isQuote(bytes.byte(padded)) {
            return nil
        }
        return looksMade(bytes, first..<padded) ? first..<padded : nil
    }

    /// The pair after the `Basic` whose `asi` stands at `index`: Base64 of text with a colon in it.
    static func basic(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Range<Int>? {
        let start = index - 1
        guard start >= floor, bytes.hasIgnoringCase("basic", at: start), bytes.isTokenStart(start),
            let first = endOfGap(bytes, start + 5)
        else { return nil }
        let end = bytes.endOfRun(from: first, limit: 4096, ByteClass.isBase64)
        return isPair(bytes, first..<end) ? first..<end : nil
    }

    private static func isInToken(_ byte: UInt8) -> Bool {
        ByteClass.isDottedToken(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "~")
    }

    private static func endOfGap(_ bytes: Span<UInt8>, _ index: Int) -> Int? {
        if bytes.has("%20", at: index) { return index + 3 }
        let end = bytes.endOfRun(from: index, limit: 8, ByteClass.isBlank)
        return end > index ? end : nil
    }

    /// Not a word of prose: "bearer of news", "bearer instruments".
    private static func looksMade(_ bytes: Span<UInt8>, _ token: Range<Int>) -> Bool {
        guard token.count >= 6 else { return false }
        if bytes.contains(token, where: ByteClass.isDigit) { return true }
        if token.count >= 24 { return true }
        let hasInnerCapital = bytes.contains(token.lowerBound + 1..<token.upperBound, where: ByteClass.isUppercase)
        let isMark: (UInt8) -> Bool = { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "=") }
        return hasInnerCapital || bytes.contains(token, where: isMark)
    }

    private static func isPair(_ bytes: Span<UInt8>, _ token: Range<Int>) -> Bool {
        guard token.count >= 4 else { return false }
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        var hasColon = false
        for index in token {
            guard let value = sextet(bytes[index]) else { return hasColon && bytes[index] == UInt8(ascii: "=") }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            let byte = UInt8(truncatingIfNeeded: bits >> bitCount)
            if byte < 0x20 || byte == 0x7F { return false }
            if byte == UInt8(ascii: ":") { hasColon = true }
        }
        return hasColon
    }

    private static func sextet(_ byte: UInt8) -> UInt8? {
        if ByteClass.isUppercase(byte) { return byte - 65 }
        if ByteClass.isLetter(byte) { return byte - 71 }
        if ByteClass.isDigit(byte) { return byte + 4 }
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { return 62 }
        return byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_") ? 63 : nil
    }
}
