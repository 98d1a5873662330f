extension PairValue {
    /// What stands between quotation marks, unless it is a placeholder, as in `"Bearer \(token)"`.
    func quoted(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        guard let value = quotedContent(bytes, start), !isHarmless(bytes, value), !isDottedName(bytes, value) else {
            return nil
        }
        guard let rest = endOfScheme(bytes, value.lowerBound), rest < value.upperBound else { return value }
        return isHarmless(bytes, rest..<value.upperBound) ? nil : value
    }

    /// What stands between quotation marks; without a closing mark, the run that follows.
    ///
    /// Within text that was escaped, once or more often, each mark has backslashes before it; the closing one has as many as
    /// the opening one, and marks within the value have more.
    func quotedContent(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        let opening = bytes.endOfRun(from: start, limit: 64) { $0 == UInt8(ascii: "\\") }
        let depth = opening - start
        let mark = bytes.byte(opening)
        guard ByteClass.isQuote(mark) else { return nil }
        let first = opening + 1
        let bound = min(bytes.count, first + Self.reach)
        var escapes = 0
        for index in first..<max(first, bound) {
            let byte = bytes[index]
            if byte == mark {
                if escapes <= depth { return first..<index - escapes }
                if depth == 0, escapes.isMultiple(of: 2) { return first..<index }
            }
            escapes = byte == UInt8(ascii: "\\") ? escapes + 1 : 0
        }
        return first..<bytes.endOfRun(from: first) { !ByteClass.isSpace($0) && !ByteClass.isQuote($0) }
    }

    /// `Bearer x`, `Basic x`, `Digest …`: the scheme stays, what follows goes.
    func schemed(_ bytes: Span<UInt8>, _ start: Int) -> Reading {
        guard let first = endOfScheme(bytes, start) else { return .another }
        let scheme = start..<bytes.endOfRun(from: start, ByteClass.isToken)
        if PlaceholderWords.longSchemes.contains(bytes, scheme) { return rest(bytes, first) }
        let value = run(bytes, first)
        if isHarmless(bytes, value) { return .harmless }
        let isProse =
            bytes.allSatisfy(value, ByteClass.isLetter) && ByteClass.isBlank(bytes.byte(value.upperBound))
            && ByteClass.isLetter(bytes.byte(value.upperBound + 1))
        return isProse ? .harmless : .value(value)
    }

    /// `a=b; c=d` up to the line's end.
    func cookies(_ bytes: Span<UInt8>, _ start: Int) -> Reading {
        let name = bytes.endOfRun(from: start, limit: 128, ByteClass.isDottedToken)
        return name > start && bytes.byte(name) == UInt8(ascii: "=") ? rest(bytes, start) : .another
    }

    /// A run without white space and the marks that end a value; a leading text that was removed before belongs to it.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - start: Where the run begins.
    ///   - isItem: Whether it can be one of several items with `&` between them.
    /// - Returns: The run, without the full stop of a sentence.
    func run(_ bytes: Span<UInt8>, _ start: Int, isItem: Bool = false) -> Range<Int> {
        let first = endOfRemoved(bytes, start)
        var end = bytes.endOfRun(from: first) {
            switch $0 {
            case UInt8(ascii: "&"): !isItem
            case UInt8(ascii: ","), UInt8(ascii: ";"): false
            default: !ByteClass.isSpace($0) && !Self.isClosing($0)
            }
        }
        let endsSentence = end == bytes.count || ByteClass.isSpace(bytes[end])
        if endsSentence, end > start + 1, end > first, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return start..<end
    }

    /// Where a text that was removed before ends, if one stands at `start`.
    func endOfRemoved(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var end = start
        for text in removed where bytes.has(text, at: start) { end = max(end, start + text.count) }
        return end
    }

    /// Where what follows a scheme's name begins.
    private func endOfScheme(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
        let word = start..<bytes.endOfRun(from: start, limit: 20, ByteClass.isToken)
        guard PlaceholderWords.schemes.contains(bytes, word) else { return nil }
        if bytes.has("%20", at: word.upperBound) { return word.upperBound + 3 }
        let first = bytes.endOfRun(from: word.upperBound, limit: 8, ByteClass.isBlank)
        return first > word.upperBound ? first : nil
    }

    /// The rest of the line; where the line stands in quotation marks, up to them.
    private func rest(_ bytes: Span<UInt8>, _ start: Int) -> Reading {
        let mark = bytes.byte(name.lowerBound - 1)
        let end = bytes.endOfRun(from: start) { byte in
            if ByteClass.isLineBreak(byte) || byte == UInt8(ascii: "\\") { return false }
            return !(ByteClass.isQuote(mark) && byte == mark)
        }
        return end == start || endOfRemoved(bytes, start) > start ? .harmless : .value(start..<end)
    }
}
