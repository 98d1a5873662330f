/// Reads what a process that is gone has left in a segment: an image of its bytes, whole, torn or damaged.
///
/// Yields only what was appended to this segment, whatever happened to the bytes; a lane is read until its first bad
/// record, and the others are read nevertheless.
@unsafe package struct SegmentRecovery {
    /// A record as it was appended.
    @unsafe package struct Record {
        /// Belongs to the encoding.
        package let kind: UInt8
        /// When it was appended, in Unix nanoseconds.
        package let appendedUnixNanoseconds: UInt64
        /// Valid during the visit alone.
        package let bytes: UnsafeRawBufferPointer
    }

    /// What was found in one lane.
    struct Lane: Sendable, Hashable {
        let range: Range<Int>
        /// What was settled before.
        let released: LaneExtent
        /// How far whole records reach.
        let found: LaneExtent
        /// Records that it is known to have lost.
        let missing: Int
        /// Whether it ended in a bad record.
        let isDamaged: Bool

        /// Whether a whole record begins or began at that place of the segment.
        func holds(_ offset: Int) -> Bool {
            range.contains(offset) && offset < range.lowerBound + found.length
        }
    }

    /// What was found.
    package struct Summary: Sendable, Hashable {
        /// Records that were yielded.
        package var records = 0
        /// Records that damaged lanes are known to have lost.
        package var missing = 0
        /// Lanes that ended in a bad record.
        package var damagedLanes = 0

        package init(records: Int = 0, missing: Int = 0, damagedLanes: Int = 0) {
            (self.records, self.missing, self.damagedLanes) = (records, missing, damagedLanes)
        }

        init(_ lanes: [Lane]) {
            for lane in lanes {
                records += lane.found.count - lane.released.count
                missing += lane.missing
                damagedLanes += lane.isDamaged ? 1 : 0
            }
        }
    }

    /// Who wrote the segment.
    package let header: SegmentHeader
    private let image: UnsafeRawBufferPointer
    private let seed: SegmentSeed

    /// Checks the header.
    ///
    /// - Parameter image: The bytes of a segment, perhaps cut short; they must stay as long as this value is used.
    /// - Throws: Why they cannot be read.
    package init(image: UnsafeRawBufferPointer) throws(SegmentDefect) {
        unsafe header = try SegmentHeader(reading: image)
        unsafe self.image = unsafe image
        unsafe seed = header.seed
    }

    /// How many records the writer had dropped in all, by header slot.
    package var dropCounts: [Int] {
        (0..<SegmentLayout.Header.dropCountSlots).map { slot in
            unsafe Int(word(at: SegmentLayout.Header.dropCounts + 8 * slot) ?? 0)
        }
    }

    /// Visits the records that were not released.
    package func forEachRecord(_ body: (Record) -> Void) -> Summary { unsafe Summary(lanes(body)) }

    /// Visits the records that were not released, and says what it found in each lane.
    func lanes(_ body: (Record) -> Void = { _ in }) -> [Lane] {
        var lanes: [Lane] = []
        let geometry = unsafe header.geometry
        var unit = 0
        while unit < geometry.unitCount {
            let start = geometry.lane(unit: unit, units: 1).lowerBound
            let units = unsafe unitsOfLane(at: start, atMost: geometry.unitCount - unit) ?? 0
            if units > 0 { unsafe lanes.append(recover(geometry.lane(unit: unit, units: units), body)) }
            unit += max(1, units)
        }
        return lanes
    }

    /// How many units the lane covers that begins at `start`, if one does.
    ///
    /// Where the claim is damaged, the lane is as long as was written to it.
    private func unitsOfLane(at start: Int, atMost most: Int) -> Int? {
        if let units = unsafe word(at: start + SegmentLayout.Lane.claim) {
            return units <= most ? Int(units) : nil
        }
        let unit = unsafe header.geometry.laneUnit
        guard let written = unsafe extent(at: start + SegmentLayout.Lane.written, longest: most * unit) else {
            return nil
        }
        return (written.length + unit - 1) / unit
    }

    private func recover(_ range: Range<Int>, _ body: (Record) -> Void) -> Lane {
        let released = unsafe extent(at: range.lowerBound + SegmentLayout.Lane.released, longest: range.count)
        let written = unsafe extent(at: range.lowerBound + SegmentLayout.Lane.written, longest: range.count)
        let begin = released ?? .empty
        let end = unsafe min(range.upperBound, image.count)
        let start = min(range.lowerBound + begin.length, end)
        var reader = unsafe LaneReader(image, seed: seed, part: start..<end)
        var found = LaneExtent(length: begin.length, count: begin.count)
        while case .record(let record) = unsafe reader.next(verifying: true) {
            found = unsafe LaneExtent(length: reader.offset - range.lowerBound, count: found.count + 1)
            unsafe body(
                Record(kind: record.kind, appendedUnixNanoseconds: record.appended, bytes: record.payload)
            )
        }
        var missing = 0
        if released != nil, let written { missing = max(0, written.count - found.count) }
        return unsafe Lane(
            range: range, released: begin, found: found, missing: missing,
            isDamaged: missing > 0 || !isAtEnd(reader)
        )
    }

    private func isAtEnd(_ reader: LaneReader) -> Bool {
        var reader = unsafe reader
        if case .end = unsafe reader.next(verifying: false) { return true }
        return false
    }

    private func extent(at offset: Int, longest: Int) -> LaneExtent? {
        guard let extent = unsafe word(at: offset).map(LaneExtent.init(value:)),
            extent.length >= SegmentLayout.Lane.records, extent.length <= longest
        else { return nil }
        return extent
    }

    private func word(at offset: Int) -> UInt64? {
        guard unsafe offset <= image.count - 8 else { return nil }
        return unsafe seed.open(image.loadUnaligned(fromByteOffset: offset, as: UInt64.self), at: offset)
    }
}
