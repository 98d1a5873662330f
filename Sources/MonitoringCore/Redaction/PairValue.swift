/// Where the value of a sensitive name begins and ends, and whether it is one at all.
///
/// Prose and code name secrets without telling them ("Token: a unit of text", `password: String`), so what follows a colon
/// or a spaced `=` must look like a secret, while a quoted value and what follows a bare `=` is one unless it is a
/// placeholder.
struct PairValue {
    /// How far the closing quotation mark is looked for.
    static let quoteReach = 8 * 1024

    let name: Range<Int>
    let isNameQuoted: Bool
    let verdict: KeyRules.Verdict
    let removed: [[UInt8]]

    init(bytes: Int, name: Range<Int>, isNameQuoted: Bool, verdict: KeyRules.Verdict, removed: [[UInt8]]) {
        self.name = name
        self.isNameQuoted = isNameQuoted
        self.verdict = verdict
        self.removed = removed
    }

    /// The value after `=` or `:`.
    func value(_ bytes: Span<UInt8>, after separator: Int, sign: UInt8) -> Range<Int>? {
        var start = separator
        var isTight = sign == UInt8(ascii: "=") && bytes.byte(name.upperBound) == sign
        if sign == UInt8(ascii: "="), bytes.byte(start) == UInt8(ascii: ">") {
            start += 1
            isTight = false
        }
        let first = bytes.endOfRun(from: start, limit: 8, ByteClass.isBlank)
        if first > start { isTight = false }
        if bytes.byte(first) == UInt8(ascii: "["), !startsWithRemoved(bytes, first) {
            return quoted(bytes, bytes.endOfRun(from: first + 1, limit: 8, ByteClass.isSpace))
        }
        if let value = quotedContent(bytes, first) { return isHarmless(bytes, value) ? nil : value }
        if let value = schemed(bytes, first) { return value }
        if verdict == .header, let value = cookies(bytes, first) { return value }
        return unquoted(bytes, first, isTight: isTight)
    }

    /// The value after a percent-encoded `=` or `:`.
    func encoded(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let run = bytes.endOfRun(from: start) {
            !ByteClass.isSpace($0) && !ByteClass.isQuote($0) && $0 != UInt8(ascii: "&")
        }
        var end = start
        while end < run, !bytes.has("%26", at: end), !bytes.has("%22", at: end) { end += 1 }
        guard end > start, !isHarmless(bytes, start..<end) else { return nil }
        return start..<end
    }

    /// The value after a command-line flag.
    func flag(_ bytes: Span<UInt8>, after end: Int) -> Range<Int>? {
        let first = bytes.endOfRun(from: end, limit: 8, ByteClass.isBlank)
        if let value = quotedContent(bytes, first) { return isHarmless(bytes, value) ? nil : value }
        guard bytes.byte(first) != UInt8(ascii: "-") else { return nil }
        let value = run(bytes, first)
        guard !value.isEmpty, !isHarmless(bytes, value), looksSecret(bytes, value) else { return nil }
        return value
    }

    /// The value of a query item, up to the next item.
    static func queryItem(_ bytes: Span<UInt8>, _ start: Int, isURL: Bool) -> Range<Int> {
        start..<bytes.endOfRun(from: start) {
            switch $0 {
            case UInt8(ascii: "&"), UInt8(ascii: "#"): false
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "\\"),
                UInt8(ascii: ";"), UInt8(ascii: ","):
                isURL
            default: !ByteClass.isSpace($0)
            }
        }
    }

    /// Whether the value is empty, was removed before, stands for a value or says that there is none.
    func isHarmless(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        if value.isEmpty || removed.contains(where: { $0.count == value.count && bytes.has($0, at: value.lowerBound) })
        {
            return true
        }
        if PlaceholderWords.all.contains(bytes, value) { return true }
        let isEcho = value.count == name.count && equalsName(bytes, value.lowerBound)
        return isEcho || isPlaceholder(bytes, value)
    }

    private func quoted(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        guard let value = quotedContent(bytes, start), !isHarmless(bytes, value) else { return nil }
        return value
    }

    /// What stands between quotation marks, escaped ones included; an unclosed one ends with the line.
    private func quotedContent(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let isEscaped = bytes.byte(start) == UInt8(ascii: "\\")
        let mark = bytes.byte(isEscaped ? start + 1 : start)
        guard ByteClass.isQuote(mark) else { return nil }
        let first = start + (isEscaped ? 2 : 1)
        let bound = min(bytes.count, first + Self.quoteReach)
        var index = first
        while index < bound {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\") {
                if isEscaped, bytes.byte(index + 1) == mark { return first..<index }
                index += 2
                continue
            }
            if byte == mark { return first..<index }
            index += 1
        }
        return first..<bytes.endOfRun(from: first) { !ByteClass.isSpace($0) && !ByteClass.isQuote($0) }
    }

    /// `Bearer x`, `Basic x`, `Digest …`: the scheme stays, what follows goes.
    private func schemed(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let word = start..<bytes.endOfRun(from: start, limit: 20, ByteClass.isToken)
        let gap = bytes.has("%20", at: word.upperBound) ? 3 : ByteClass.isBlank(bytes.byte(word.upperBound)) ? 1 : 0
        guard gap > 0, PlaceholderWords.schemes.contains(bytes, word) else { return nil }
        let first = bytes.endOfRun(from: word.upperBound + gap, limit: 8, ByteClass.isBlank)
        if PlaceholderWords.longSchemes.contains(bytes, word) { return rest(bytes, first) }
        let value = run(bytes, first)
        guard !value.isEmpty, !isHarmless(bytes, value) else { return nil }
        let isProse =
            bytes.allSatisfy(value, ByteClass.isLetter) && ByteClass.isLetter(bytes.byte(value.upperBound + 1))
        return isProse && ByteClass.isBlank(bytes.byte(value.upperBound)) ? nil : value
    }

    /// `a=b; c=d` up to the line's end.
    private func cookies(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let name = bytes.endOfRun(from: start, limit: 128, ByteClass.isDottedToken)
        guard name > start, bytes.byte(name) == UInt8(ascii: "="), !startsWithRemoved(bytes, start) else { return nil }
        return rest(bytes, start)
    }

    /// The rest of the line; where the line stands in quotation marks, up to them.
    private func rest(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let mark = bytes.byte(name.lowerBound - 1)
        let end = bytes.endOfRun(from: start) { byte in
            if ByteClass.isLineBreak(byte) || byte == UInt8(ascii: "\\") { return false }
            return !(ByteClass.isQuote(mark) && byte == mark)
        }
        guard end > start, !startsWithRemoved(bytes, start) else { return nil }
        return start..<end
    }

    private func unquoted(_ bytes: Span<UInt8>, _ start: Int, isTight: Bool) -> Range<Int>? {
        let value = run(bytes, start)
        guard !value.isEmpty, !isHarmless(bytes, value), !isCode(bytes, value) else { return nil }
        if verdict == .likely, value.count < 6, bytes.allSatisfy(value, ByteClass.isDigit) { return nil }
        if isTight || isNameQuoted || looksSecret(bytes, value) { return value }
        return endsLine(bytes, value) ? value : nil
    }

    /// A run without white space and the marks that end a value; a leading text that was removed before belongs to it.
    private func run(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int> {
        var first = start
        for text in removed where bytes.has(text, at: start) { first = max(first, start + text.count) }
        var end = bytes.endOfRun(from: first) {
            switch $0 {
            case UInt8(ascii: "&"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"),
                UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"),
                UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "\\"):
                false
            default: !ByteClass.isSpace($0)
            }
        }
        let isSentenceEnd = end == bytes.count || ByteClass.isSpace(bytes[end])
        if end > start + 1, end > first, bytes[end - 1] == UInt8(ascii: "."), isSentenceEnd { end -= 1 }
        return start..<end
    }

    private func startsWithRemoved(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        removed.contains { bytes.has($0, at: start) }
    }

    private func equalsName(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        for offset in 0..<name.count {
            let left = ByteClass.lowercased(bytes[name.lowerBound + offset])
            if left != ByteClass.lowercased(bytes[start + offset]) { return false }
        }
        return true
    }
}
