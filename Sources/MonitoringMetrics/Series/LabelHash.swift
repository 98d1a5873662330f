/// Hashes label values eight bytes a step, with a seed of the process's own: values can come from whoever sends requests.
struct LabelHash {
    private static let seed = UInt64.random(in: .min ... .max)
    private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15

    private(set) var value: UInt64

    init() { value = Self.seed }

    /// Adds a value, and where it ends.
    @inline(__always)
    mutating func combine(_ text: String) {
        var hash = value
        unsafe text.withUTF8Bytes { bytes in
            var index = 0
            let count = bytes.count
            while index &+ 8 <= count {
                let word = unsafe UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
                hash = Self.mix(hash ^ word)
                index &+= 8
            }
            var tail = UInt64(truncatingIfNeeded: count) &+ 1
            while index < count {
                tail = unsafe tail << 8 | UInt64(bytes[index])
                index &+= 1
            }
            hash = Self.mix(hash ^ tail)
        }
        value = hash
    }

    /// Folds the two halves of a full product.
    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = (word ^ seed).multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }
}
