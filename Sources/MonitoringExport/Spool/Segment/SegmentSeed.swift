import CMonitoringShims

/// What every checksum of a segment starts from, so that bytes of one segment are never valid in another.
struct SegmentSeed: Sendable, Hashable {
    private static let checkBits: UInt64 = 20
    private static let checkMask: UInt64 = (1 << checkBits) - 1
    /// The largest value that a sealed word can hold.
    static let largestValue: UInt64 = (1 << (64 - checkBits)) - 1

    let bits: UInt32

    init(segmentID: UInt64) {
        bits = monitoring_crc32c_u64(0, segmentID)
    }

    /// The word at `offset` that says `value`, which must not be above ``largestValue``.
    func seal(_ value: UInt64, at offset: Int) -> UInt64 {
        value << Self.checkBits | UInt64(check(value, offset)) & Self.checkMask
    }

    /// What the word at `offset` says, unless it was damaged.
    func open(_ word: UInt64, at offset: Int) -> UInt64? {
        let value = Self.value(of: word)
        return word & Self.checkMask == UInt64(check(value, offset)) & Self.checkMask ? value : nil
    }

    /// What a word says that this process has written itself.
    static func value(of word: UInt64) -> UInt64 { word >> checkBits }

    /// The checksum of the record at `offset`; its body is what stands behind the checksum.
    func checksum(ofRecordAt offset: Int, body: UnsafeRawBufferPointer) -> UInt32 {
        let size = UInt64(body.count &+ SegmentLayout.Record.body)
        let start = monitoring_crc32c_u64(bits, UInt64(UInt32(truncatingIfNeeded: offset)) | size << 32)
        return unsafe monitoring_crc32c(start, body.baseAddress, body.count)
    }

    private func check(_ value: UInt64, _ offset: Int) -> UInt32 {
        monitoring_crc32c_u64(bits ^ UInt32(truncatingIfNeeded: offset), value)
    }
}
