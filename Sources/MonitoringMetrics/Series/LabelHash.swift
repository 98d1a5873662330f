/// Hashes label values eight bytes a step, with a seed of the process's own: values can come from whoever sends requests.
struct LabelHash {
    private static let seed = UInt64.random(in: .min ... .max)
    private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15

    private(set) var value: UInt64

    init() { value = Self.seed }

    /// Adds a value, and how long it is.
    @inline(__always)
    mutating func combine(_ text: String) {
        value = unsafe text.withUTF8Bytes { [value] bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            let count = bytes.count
            var hash = value ^ UInt64(truncatingIfNeeded: count)
            if count >= 8 {
                var index = 0
                while index &+ 8 < count {
                    hash = unsafe Self.mix(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    index &+= 8
                }
                // The last eight, of which some may have been hashed before.
                return unsafe Self.mix(hash ^ bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
            }
            return unsafe Self.mix(hash ^ Self.short(bytes) &* Self.multiplier)
        }
    }

    /// Fewer than eight bytes as one word.
    @inline(__always)
    private static func short(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let count = bytes.count
        if count >= 4 {
            let first = unsafe bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self)
            let last = unsafe bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            return UInt64(first) | UInt64(last) << 32
        }
        guard count > 0 else { return 0 }
        return unsafe UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count &- 1]) << 16
    }

    /// Folds the two halves of a full product.
    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }
}
