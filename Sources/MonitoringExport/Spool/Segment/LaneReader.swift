/// Walks the records of a part of a lane.
///
/// Nothing that the bytes say makes it leave that part.
@unsafe struct LaneReader {
    /// A record, where it lies.
    @unsafe struct Record {
        let kind: UInt8
        let appended: UInt64
        let payload: UnsafeRawBufferPointer
    }

    @unsafe enum Step {
        case record(Record)
        /// There are no more.
        case end
        /// What comes next is no record.
        case damaged
    }

    private let segment: UnsafeRawBufferPointer
    private let seed: SegmentSeed
    private let end: Int
    /// Where the next record begins.
    private(set) var offset: Int

    /// Walks `part` of the bytes of a segment.
    init(_ segment: UnsafeRawBufferPointer, seed: SegmentSeed, part: Range<Int>) {
        precondition(part.lowerBound >= 0 && part.upperBound <= segment.count)
        unsafe self.segment = unsafe segment
        unsafe self.seed = seed
        unsafe end = part.upperBound
        unsafe offset = part.lowerBound
    }

    /// The next record; stays where it is when there is none.
    ///
    /// - Parameter verifying: Whether to compute the checksum: not for records that were verified before.
    /// - Returns: The record, or why there is none.
    mutating func next(verifying: Bool) -> Step {
        let room = unsafe end - offset
        guard room >= SegmentLayout.Record.payload else { return unsafe .end }
        let size = unsafe Int(read(SegmentLayout.Record.size, as: UInt32.self))
        guard size != 0 else { return unsafe .end }
        guard size >= SegmentLayout.Record.payload, size <= room else { return unsafe .damaged }
        let body = unsafe UnsafeRawBufferPointer(
            rebasing: segment[offset + SegmentLayout.Record.body..<offset + size]
        )
        if verifying {
            let checksum = unsafe read(SegmentLayout.Record.checksum, as: UInt32.self)
            guard unsafe checksum == seed.checksum(ofRecordAt: offset, body: body) else { return unsafe .damaged }
        }
        let record = unsafe Record(
            kind: read(SegmentLayout.Record.kind, as: UInt8.self),
            appended: read(SegmentLayout.Record.appended, as: UInt64.self),
            payload: UnsafeRawBufferPointer(rebasing: segment[offset + SegmentLayout.Record.payload..<offset + size])
        )
        unsafe offset = unsafe min(end, (offset + size).roundedUp(to: SegmentLayout.Record.alignment))
        return unsafe .record(record)
    }

    private func read<Word: BitwiseCopyable>(_ field: Int, as type: Word.Type) -> Word {
        unsafe segment.loadUnaligned(fromByteOffset: offset + field, as: type)
    }
}
