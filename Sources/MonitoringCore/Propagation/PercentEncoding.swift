/// Values as `baggage` writes them: UTF-8, every byte that may not stand in a header as `%` and two digits.
enum PercentEncoding {
    /// True for the bytes that stand for themselves in a value, the percent sign among them.
    static func isOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2b, 0x2d...0x3a, 0x3c...0x5b, 0x5d...0x7e: true
        default: false
        }
    }

    /// The value with everything escaped that must be, and no more.
    static func encoded(_ value: String) -> String {
        let escaped = value.utf8.reduce(0) { isPlain($1) ? $0 : $0 + 1 }
        if escaped == 0 { return value }
        return HeaderText.string(capacity: value.utf8.count + 2 * escaped) { output in
            for byte in value.utf8 {
                if isPlain(byte) {
                    output.append(byte)
                } else {
                    output.append(UInt8(ascii: "%"))
                    output.append(digit(byte >> 4))
                    output.append(digit(byte & 15))
                }
            }
        }
    }

    /// The text of an encoded value: escapes that are not ones stay as they are, bytes that are not UTF-8 become U+FFFD.
    static func decoded(_ range: Range<Int>, in bytes: Span<UInt8>) -> String {
        guard HeaderText.firstIndex(of: UInt8(ascii: "%"), in: range, of: bytes) != nil else {
            return HeaderText.string(of: range, in: bytes)
        }
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < range.upperBound,
                let byte = HexDigits.bits(of: (index + 1)..<(index + 3), in: bytes, acceptsUpperCase: true)
            {
                result.append(UInt8(byte))
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool { isOctet(byte) && byte != UInt8(ascii: "%") }

    private static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? UInt8(ascii: "0") + nibble : 55 + nibble }
}
