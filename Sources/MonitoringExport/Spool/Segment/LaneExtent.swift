/// A part of a lane, from its start: how long it is and how many records are in it.
///
/// One word holds both.
struct LaneExtent: Sendable, Hashable {
    private static let fieldBits: UInt64 = 22
    private static let fieldMask: UInt64 = (1 << fieldBits) - 1

    /// Bytes from the lane's start, its header included.
    var length: Int
    /// Records within that length.
    var count: Int

    /// A lane without a record.
    static let empty = LaneExtent(length: SegmentLayout.Lane.records, count: 0)

    init(length: Int, count: Int) {
        self.length = length
        self.count = count
    }

    /// What a sealed word's value says.
    init(value: UInt64) {
        length = Int(value >> Self.fieldBits) * SegmentLayout.Record.alignment
        count = Int(value & Self.fieldMask)
    }

    /// What a sealed word holds.
    var value: UInt64 {
        UInt64(length / SegmentLayout.Record.alignment) << Self.fieldBits | UInt64(count) & Self.fieldMask
    }
}
