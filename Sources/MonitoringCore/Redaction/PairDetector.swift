/// Finds the values of `name=value`, `name: value` and `"name": "value"` whose names are sensitive.
final class PairDetector: Sendable {
    /// How far a name is looked for before its separator.
    private static let nameReach = 128

    let keys: KeyRules
    let checksQueryItems: Bool
    /// What values that were removed before look like.
    let removed: [[UInt8]]

    init(keys: KeyRules, checksQueryItems: Bool, removed: [[UInt8]]) {
        self.keys = keys
        self.checksQueryItems = checksQueryItems
        self.removed = removed
    }

    /// The value after the separator at `separator` when its name is sensitive.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - separator: Where `=`, `:` or their percent-encoded forms stand.
    ///   - floor: Where the text begins that was not dealt with yet.
    ///   - isURL: Whether the whole text is a URL.
    /// - Returns: Where the value stands.
    func match(_ bytes: Span<UInt8>, separator: Range<Int>, floor: Int, isURL: Bool) -> Range<Int>? {
        guard let (name, isQuoted) = name(bytes, before: separator.lowerBound, floor: floor) else { return nil }
        let sign = bytes[separator.lowerBound]
        let isQueryItem = sign != UInt8(ascii: ":") && startsQueryItem(bytes, name.lowerBound)
        let verdict = keys.verdict(bytes, name)
        guard verdict.isSensitive || isQueryItem else { return nil }
        let reader = PairValue(name: name, isNameQuoted: isQuoted, verdict: verdict, removed: removed)
        if sign == UInt8(ascii: "%") { return verdict.isSensitive ? reader.encoded(bytes, separator.upperBound) : nil }
        if checksQueryItems, isQueryItem {
            let value = reader.queryItem(bytes, separator.upperBound, isURL: isURL)
            let isSecret = verdict.isSensitive || keys.isSecretQueryItem(bytes, name, value: value)
            guard isSecret, !reader.isHarmless(bytes, value) else { return nil }
            return value
        }
        return verdict.isSensitive ? reader.value(bytes, after: separator.upperBound, sign: sign) : nil
    }

    /// The value of the command-line flag whose dashes begin at `index`: `--password hunter2`.
    func matchFlag(_ bytes: Span<UInt8>, _ index: Int) -> Range<Int>? {
        guard index == 0 || ByteClass.isSpace(bytes[index - 1]) || ByteClass.isQuote(bytes[index - 1]) else {
            return nil
        }
        let end = bytes.endOfRun(from: index + 2, limit: Self.nameReach, ByteClass.isToken)
        guard ByteClass.isBlank(bytes.byte(end)), keys.verdict(bytes, index + 2..<end).isSensitive else { return nil }
        let reader = PairValue(name: index + 2..<end, isNameQuoted: false, verdict: .secret, removed: removed)
        return reader.flag(bytes, after: end)
    }

    /// The text of the element whose opening tag ends with the `>` at `end`: `<password>hunter2</password>`.
    func matchElement(_ bytes: Span<UInt8>, tagEnd end: Int, floor: Int) -> Range<Int>? {
        let name = bytes.startOfRun(before: end, floor: floor, limit: Self.nameReach, ByteClass.isDottedToken)..<end
        guard bytes.byte(name.lowerBound - 1) == UInt8(ascii: "<"), keys.verdict(bytes, name).isSensitive else {
            return nil
        }
        let reader = PairValue(name: name, isNameQuoted: true, verdict: .secret, removed: removed)
        return reader.element(bytes, end + 1)
    }

    /// The name before a separator, without its quotation marks.
    private func name(_ bytes: Span<UInt8>, before separator: Int, floor: Int) -> (Range<Int>, isQuoted: Bool)? {
        var end = bytes.startOfRun(before: separator, floor: floor, limit: 3, ByteClass.isBlank)
        if end > floor, bytes[end - 1] == UInt8(ascii: "]") { end -= 1 }
        let isQuoted = end > floor && ByteClass.isQuote(bytes[end - 1])
        if isQuoted {
            end -= 1
            end = bytes.startOfRun(before: end, floor: floor, limit: 64) { $0 == UInt8(ascii: "\\") }
        }
        var start = bytes.startOfRun(before: end, floor: floor, limit: Self.nameReach, ByteClass.isDottedToken)
        start = skippingEscape(bytes, start, end)
        guard start < end, !isQuoted || bytes.byte(start - 1) != UInt8(ascii: "/") else { return nil }
        // "API key: …" is written as two words.
        if !isQuoted, bytes.equalsIgnoringCase("key", start..<end) {
            let gap = bytes.startOfRun(before: start, floor: floor, limit: 1, ByteClass.isBlank)
            let first = bytes.startOfRun(before: gap, floor: floor, limit: 32, ByteClass.isToken)
            if first < gap, gap < start { start = first }
        }
        return (start..<end, isQuoted)
    }

    /// `\npassword` within escaped text begins with the escape's letter, `%26token` with its digits.
    private func skippingEscape(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        switch bytes.byte(start - 1) {
        case UInt8(ascii: "\\") where "nrt".utf8.contains(bytes.byte(start)): start + 1
        case UInt8(ascii: "%") where end - start > 2: start + 2
        default: start
        }
    }

    private func startsQueryItem(_ bytes: Span<UInt8>, _ name: Int) -> Bool {
        switch bytes.byte(name - 1) {
        case UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: "#"): true
        default: false
        }
    }
}
