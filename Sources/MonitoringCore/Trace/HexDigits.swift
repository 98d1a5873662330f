/// Lower-case hexadecimal, as W3C Trace Context writes ids.
package enum HexDigits {
    /// The sixteen digits of `bits`, most significant first.
    package static func text(of bits: UInt64, digits: Int = 16) -> String {
        unsafe String(unsafeUninitializedCapacity: digits) { buffer in
            for position in 0..<digits {
                let nibble = UInt8(truncatingIfNeeded: bits >> UInt64(4 * (digits - 1 - position))) & 15
                unsafe buffer[position] = nibble < 10 ? 48 + nibble : 87 + nibble
            }
            return digits
        }
    }
}

extension Monitor.TraceID: CustomStringConvertible {
    /// 32 lower-case hexadecimal digits.
    public var description: String { HexDigits.text(of: high) + HexDigits.text(of: low) }
}

extension Monitor.SpanID: CustomStringConvertible {
    /// 16 lower-case hexadecimal digits.
    public var description: String { HexDigits.text(of: bits) }
}
