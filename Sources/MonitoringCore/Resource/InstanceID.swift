/// The id that tells this run of a service from all others.
package enum InstanceID {
    /// A random UUID, version 4.
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return uuid(high: generator.next(), low: generator.next())
    }

    /// The version 4 UUID of 128 bits, of which six are overwritten.
    static func uuid(high: UInt64, low: UInt64) -> String {
        let high = high & ~0xF000 | 0x4000
        let low = low & ~(0b11 << 62) | 0b10 << 62
        let digits = HexDigits.text(of: high) + HexDigits.text(of: low)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { result.append("-") }
            result.append(digit)
        }
        return result
    }
}
