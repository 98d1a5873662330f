/// The types that variables have, from text.
///
/// Blanks around a value do not count.
enum ValueParser {
    static func boolean(_ text: String) throws(ValueFault) -> Bool {
        switch text.trimmed.lowercased() {
        case "true", "1", "yes", "on": true
        case "false", "0", "no", "off": false
        default: throw ValueFault(expected: "a boolean", allowed: "true, 1, yes, on, false, 0, no, off")
        }
    }

    static func path(_ text: String) throws(ValueFault) -> String {
        if text.hasPrefix("/"), text.utf8.count < 4_096, !text.utf8.contains(0) { return text }
        throw ValueFault(
            expected: "an absolute path", allowed: "a path that begins with / and is shorter than 4096 bytes")
    }

    static func integer(_ text: String, in range: ClosedRange<Int>) throws(ValueFault) -> Int {
        if let value = decimal(text), range.contains(value) { return value }
        throw ValueFault(expected: "an allowed whole number", allowed: "\(range.lowerBound) to \(range.upperBound)")
    }

    static func number(_ text: String, in range: ClosedRange<Double>) throws(ValueFault) -> Double {
        let text = text.trimmed
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        if isPlain, let value = Double(text), range.contains(value) { return value }
        throw ValueFault(
            expected: "an allowed number",
            allowed: "\(Monitor.Value.double(range.lowerBound)) to \(Monitor.Value.double(range.upperBound))",
            suggestion: text.last == "%" ? ratio(ofPercent: text, in: range) : nil
        )
    }

    static func milliseconds(_ text: String) throws(ValueFault) -> Duration {
        if let value = decimal(text), (0...Int(Int32.max)).contains(value) { return .milliseconds(value) }
        throw ValueFault(
            expected: "a whole number of milliseconds",
            allowed: "0 to \(Int32.max)",
            suggestion: millisecondsWithUnit(text.trimmed).map(String.init)
        )
    }

    static func choice<T>(
        _ text: String,
        of words: some Collection<(key: String, value: T)>
    ) throws(ValueFault) -> T {
        let word = text.trimmed.lowercased()
        if let match = words.first(where: { $0.key.lowercased() == word }) { return match.value }
        let near = EditDistance.nearest(to: word, among: words.map(\.key), limit: { $0.utf8.count > 5 ? 2 : 1 })
        throw ValueFault(expected: "known", allowed: words.map(\.key).joined(separator: ", "), suggestion: near)
    }

    static func list(_ text: String) -> [String] {
        text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    }

    /// Decimal digits with an optional sign, and nothing else.
    private static func decimal(_ text: String) -> Int? { Int(text.trimmed) }

    /// What `5s` or `100ms` is in milliseconds.
    private static func millisecondsWithUnit(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let factor: Int? =
            switch text.dropFirst(digits.count).trimmed.lowercased() {
            case "ms": 1
            case "s", "sec": 1_000
            case "m", "min": 60_000
            default: nil
            }
        guard let factor, let value = Int(digits), value <= Int(Int32.max) / factor else { return nil }
        return value * factor
    }

    private static func ratio(ofPercent text: String, in range: ClosedRange<Double>) -> String? {
        guard let percent = Double(text.dropLast().trimmed), range.contains(percent / 100) else { return nil }
        return Monitor.Value.double(percent / 100).description
    }
}
