/// FNV-1a over UTF-8, which unlike `Hasher` gives the same value in every process.
///
/// What happens to a request is drawn from its hash and not from a shared generator, so that the outcome does not depend
/// on which of two concurrent requests came first.
struct StableHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte: byte) }
        combine(byte: 0xff)  // never in UTF-8: keeps "ab", "c" apart from "a", "bc"
    }

    mutating func combine(_ number: UInt64) {
        for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
            combine(byte: UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private mutating func combine(byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }
}
