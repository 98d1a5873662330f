/// FNV-1a of 128 bits, the same in every process and version: what folders are named after.
struct StableHash {
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

    /// Takes in a text and its end, so that two texts are not one.
    mutating func combine(_ text: String) {
        for byte in text.utf8 { add(byte) }
        // No byte of UTF-8.
        add(0xff)
    }

    /// 32 hexadecimal digits.
    var hexadecimal: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }

    private mutating func add(_ byte: UInt8) { state = (state ^ UInt128(byte)) &* Self.prime }
}
