extension ScratchWriter {
    /// A number in decimal digits.
    mutating func write(_ value: UInt64) {
        let unit: UInt64 = 100_000_000
        guard value >= unit else { return write(leading: UInt32(truncatingIfNeeded: value)) }
        let (high, low) = value.quotientAndRemainder(dividingBy: unit)
        if high >= unit {
            let (top, middle) = high.quotientAndRemainder(dividingBy: unit)
            write(leading: UInt32(truncatingIfNeeded: top))
            write(digits: Self.digits(of: UInt32(truncatingIfNeeded: middle)), count: 8)
        } else {
            write(leading: UInt32(truncatingIfNeeded: high))
        }
        write(digits: Self.digits(of: UInt32(truncatingIfNeeded: low)), count: 8)
    }

    /// A number in decimal digits, with a minus if it is negative.
    mutating func write(_ value: Int64) {
        if value < 0 { write(UInt8(ascii: "-")) }
        write(value.magnitude)
    }

    /// A number as JSON writes it; what is no number as OTLP does, in a string.
    mutating func write(_ value: Double) {
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53, whole != 0 || value.sign == .plus {
            write(whole)
        } else if value.isFinite {
            write(escaping: value.description)
        } else if value.isNaN {
            write(#""NaN""#)
        } else {
            write(value < 0 ? #""-Infinity""# : #""Infinity""#)
        }
    }

    /// The sixteen lower-case hexadecimal digits of an id.
    mutating func write(hexadecimal value: UInt64) {
        unsafe withRoom(for: 16) { target in
            unsafe Self.store(Self.hexadecimal(UInt32(truncatingIfNeeded: value >> 32)), at: target)
            unsafe Self.store(Self.hexadecimal(UInt32(truncatingIfNeeded: value)), at: target + 8)
            return 16
        }
    }

    /// Up to eight digits, without zeros in front.
    private mutating func write(leading value: UInt32) {
        let digits = Self.digits(of: value)
        let zeros = min(digits.trailingZeroBitCount / 8, 7)
        write(digits: digits >> UInt64(8 * zeros), count: 8 - zeros)
    }

    private mutating func write(digits: UInt64, count: Int) {
        unsafe withRoom(for: 8) { target in
            unsafe Self.store(digits | 0x3030_3030_3030_3030, at: target)
            return count
        }
    }

    /// Eight decimal digits as numbers, the most significant in the lowest byte: split in two thrice, all parts at once.
    private static func digits(of value: UInt32) -> UInt64 {
        let fours = UInt64(value / 10_000) | UInt64(value % 10_000) << 32
        let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007f_0000_007f
        let twos = hundreds | (fours &- 100 &* hundreds) << 16
        let tens = ((twos &* 103) >> 10) & 0x000f_000f_000f_000f
        return tens | (twos &- 10 &* tens) << 8
    }

    /// Eight hexadecimal digits as text, the most significant in the lowest byte.
    private static func hexadecimal(_ value: UInt32) -> UInt64 {
        var nibbles = UInt64(value)
        nibbles = (nibbles | nibbles << 16) & 0x0000_ffff_0000_ffff
        nibbles = (nibbles | nibbles << 8) & 0x00ff_00ff_00ff_00ff
        nibbles = (nibbles | nibbles << 4) & 0x0f0f_0f0f_0f0f_0f0f
        let letters = ((nibbles &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
        return (nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39).byteSwapped
    }
}
