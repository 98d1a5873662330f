/// The records of one lane that a batch has.
struct LaneSpan: Sendable {
    let map: SegmentMap
    let seed: SegmentSeed
    /// The number of the segment.
    let segment: UInt64
    /// The number of the lane in the segment.
    let lane: Int
    /// Where the lane begins.
    let start: Int
    /// What was settled when the span was taken.
    let from: LaneExtent
    /// How far it reaches.
    var to: LaneExtent
    let header: SegmentHeader

    var count: Int { to.count - from.count }

    /// The span's bytes in the segment.
    var range: Range<Int> { start + from.length..<start + to.length }

    /// Walks the span; not for records that somebody has overwritten.
    func forEachRecord(_ body: (LaneReader.Record) -> Void) {
        var reader = unsafe LaneReader(map.bytes, seed: seed, part: range)
        while case .record(let record) = unsafe reader.next(verifying: false) { unsafe body(record) }
    }
}
