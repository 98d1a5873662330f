extension HexDigits {
    /// The number that up to 16 digits write, most significant first; `nil` when one of them is not a digit.
    ///
    /// - Parameters:
    ///   - range: Where the digits stand.
    ///   - bytes: The text.
    ///   - acceptsUpperCase: W3C Trace Context forbids upper case, everybody else reads it.
    /// - Returns: The number.
    static func bits(of range: Range<Int>, in bytes: Span<UInt8>, acceptsUpperCase: Bool = false) -> UInt64? {
        var bits: UInt64 = 0
        for index in range {
            let digit = bytes[index] &- UInt8(ascii: "0")
            // This bit makes lower case of upper case; digits and lower case have it already.
            let letter = (acceptsUpperCase ? bytes[index] | 0x20 : bytes[index]) &- UInt8(ascii: "a")
            guard digit < 10 || letter < 6 else { return nil }
            bits = bits << 4 | UInt64(digit < 10 ? digit : letter + 10)
        }
        return bits
    }

    /// Appends the lowest digits of `bits`, most significant first.
    static func append(_ bits: UInt64, digits: Int = 16, to output: inout OutputSpan<UInt8>) {
        for position in 1...digits {
            let nibble = UInt8(truncatingIfNeeded: bits >> UInt64(4 * (digits - position))) & 15
            output.append(nibble < 10 ? UInt8(ascii: "0") + nibble : 87 + nibble)
        }
    }
}

extension Monitor.TraceID: LosslessStringConvertible {
    /// Reads 32 hexadecimal digits in either case; `nil` for anything else.
    ///
    /// All zeros are read as the id that is not valid.
    ///
    /// - Parameter text: The digits.
    public init?(_ text: some StringProtocol) {
        let id = HeaderText.withBytes(of: text) { bytes -> Self? in
            guard bytes.count == 32,
                let high = HexDigits.bits(of: 0..<16, in: bytes, acceptsUpperCase: true),
                let low = HexDigits.bits(of: 16..<32, in: bytes, acceptsUpperCase: true)
            else { return nil }
            return Self(high: high, low: low)
        }
        guard let id else { return nil }
        self = id
    }
}

extension Monitor.SpanID: LosslessStringConvertible {
    /// Reads 16 hexadecimal digits in either case; `nil` for anything else.
    ///
    /// All zeros are read as the id that is not valid.
    ///
    /// - Parameter text: The digits.
    public init?(_ text: some StringProtocol) {
        let bits = HeaderText.withBytes(of: text) { bytes in
            bytes.count == 16 ? HexDigits.bits(of: 0..<16, in: bytes, acceptsUpperCase: true) : nil
        }
        guard let bits else { return nil }
        self.init(bits)
    }
}
