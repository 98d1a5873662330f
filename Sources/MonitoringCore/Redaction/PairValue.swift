/// Where the value of a sensitive name begins and ends, and whether it is one at all.
///
/// Prose and code name secrets without telling them ("Token: a unit of text", `password: String`), so what follows a colon
/// or a spaced `=` must look like a secret, while a quoted value and what follows a bare `=` is one unless it is a
/// placeholder.
struct PairValue {
    /// What a reading of one kind of value came to.
    enum Reading {
        /// It is no value of that kind.
        case another
        /// It is one, and nothing to remove.
        case harmless
        case value(Range<Int>)
    }

    /// How far the end of a quotation or of an element is looked for.
    static let reach = 8 * 1024

    let name: Range<Int>
    let isNameQuoted: Bool
    let verdict: KeyRules.Verdict
    /// What values that were removed before look like.
    let removed: [[UInt8]]

    /// The value after `=` or `:`.
    func value(_ bytes: Span<UInt8>, after separator: Int, sign: UInt8) -> Range<Int>? {
        let isArrow = sign == UInt8(ascii: "=") && bytes.byte(separator) == UInt8(ascii: ">")
        let start = isArrow ? separator + 1 : separator
        let first = bytes.endOfRun(from: start, limit: 8, ByteClass.isBlank)
        let isTight = sign == UInt8(ascii: "=") && !isArrow && first == start && bytes.byte(name.upperBound) == sign
        if bytes.byte(first) == UInt8(ascii: "["), endOfRemoved(bytes, first) == first {
            return quoted(bytes, bytes.endOfRun(from: first + 1, limit: 8, ByteClass.isSpace))
        }
        if quotedContent(bytes, first) != nil { return quoted(bytes, first) }
        switch schemed(bytes, first) {
        case .value(let value): return value
        case .harmless: return nil
        case .another: break
        }
        if verdict == .header, case .value(let value) = cookies(bytes, first) { return value }
        return unquoted(bytes, first, isTight: isTight, sign: sign)
    }

    /// The value after a percent-encoded `=` or `:`.
    func encoded(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let run = bytes.endOfRun(from: endOfRemoved(bytes, start)) {
            !ByteClass.isSpace($0) && !ByteClass.isQuote($0) && $0 != UInt8(ascii: "&")
        }
        var end = start
        while end < run, !bytes.has("%26", at: end), !bytes.has("%22", at: end) { end += 1 }
        return isHarmless(bytes, start..<end) ? nil : start..<end
    }

    /// The value after a command-line flag.
    func flag(_ bytes: Span<UInt8>, after end: Int) -> Range<Int>? {
        let first = bytes.endOfRun(from: end, limit: 8, ByteClass.isBlank)
        if quotedContent(bytes, first) != nil { return quoted(bytes, first) }
        guard bytes.byte(first) != UInt8(ascii: "-") else { return nil }
        let value = run(bytes, first)
        return isHarmless(bytes, value) || !looksSecret(bytes, value) ? nil : value
    }

    /// The text of an element, up to the closing tag.
    func element(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let end = bytes.endOfRun(from: start, limit: Self.reach) {
            $0 != UInt8(ascii: "<") && !ByteClass.isLineBreak($0)
        }
        return !bytes.has("</", at: end) || isHarmless(bytes, start..<end) ? nil : start..<end
    }

    /// The value of a query item, up to the next item; within other text also up to a mark that can hardly belong to it.
    func queryItem(_ bytes: Span<UInt8>, _ start: Int, isURL: Bool) -> Range<Int> {
        start..<bytes.endOfRun(from: endOfRemoved(bytes, start)) {
            switch $0 {
            case UInt8(ascii: "&"), UInt8(ascii: "#"): false
            case UInt8(ascii: ";"), UInt8(ascii: ","): isURL
            default: !ByteClass.isSpace($0) && (isURL || !Self.isClosing($0))
            }
        }
    }

    private func unquoted(_ bytes: Span<UInt8>, _ start: Int, isTight: Bool, sign: UInt8) -> Range<Int>? {
        let value = run(bytes, start, isItem: sign == UInt8(ascii: "="))
        guard !isHarmless(bytes, value), !isCode(bytes, value, isTight: isTight) else { return nil }
        if verdict == .likely, value.count < 6, bytes.allSatisfy(value, ByteClass.isDigit) { return nil }
        if isTight || looksSecret(bytes, value) { return value }
        // After a quoted name a text would be quoted, too: this is a number, or the name of a variable.
        if isNameQuoted { return bytes.allSatisfy(value, ByteClass.isDigit) ? value : nil }
        return endsLine(bytes, value) ? value : nil
    }

    /// Marks that end a value: quotation marks, closing brackets, escapes.
    static func isClosing(_ byte: UInt8) -> Bool {
        ByteClass.isQuote(byte) || "<>)]}|\\".utf8.contains(byte)
    }
}
