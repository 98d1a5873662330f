/// Percent-decoding of what stands in variables: URLs' rules, not forms' (`+` stays).
enum PercentDecoding {
    /// The decoded text; `nil` when a `%` is not followed by two digits, or the bytes are not UTF-8.
    static func strict(_ bytes: some Collection<UInt8>) -> String? {
        decode(bytes, keepsStrayPercent: false)
    }

    /// The decoded text, with each `%` that is not followed by two digits kept; `nil` when the bytes are not UTF-8.
    static func lenient(_ bytes: some Collection<UInt8>) -> String? {
        decode(bytes, keepsStrayPercent: true)
    }

    private static func decode(_ bytes: some Collection<UInt8>, keepsStrayPercent: Bool) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                let digits = rest.prefix(2).compactMap(value(ofDigit:))
                if digits.count == 2 {
                    result.append(digits[0] << 4 | digits[1])
                    rest = rest.dropFirst(2)
                    continue
                }
                guard keepsStrayPercent else { return nil }
            }
            result.append(byte)
        }
        return String(validating: result, as: UTF8.self)
    }

    private static func value(ofDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Collection<UInt8> {
    /// The part without spaces and tabs at both ends.
    var withoutBlanks: SubSequence {
        let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let first = firstIndex(where: { !isBlank($0) }) else { return self[endIndex...] }
        var end = first
        var index = first
        while index < endIndex {
            let next = self.index(after: index)
            if !isBlank(self[index]) { end = next }
            index = next
        }
        return self[first..<end]
    }
}

extension StringProtocol {
    /// The text without spaces, tabs and line breaks at both ends.
    var trimmed: String {
        let bytes = Array(utf8)
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
