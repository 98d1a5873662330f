import Synchronization

/// Writes records into one lane, step by step, so that a crash after any step leaves whole records alone.
///
/// Not safe to share: one thread at a time has a lane, and whoever passes the writer on synchronises. The segment's map
/// must outlive it.
@unsafe struct LaneWriter {
    private let base: UnsafeMutableRawPointer
    private let seed: SegmentSeed
    private let start: Int
    private let end: Int
    /// Where the next record begins.
    private(set) var offset: Int
    private var count = 0

    /// A writer for an empty lane that covers `lane`.
    init(map: SegmentMap, seed: SegmentSeed, lane: Range<Int>) {
        precondition(lane.lowerBound >= 0 && lane.upperBound <= map.byteCount)
        unsafe base = unsafe map.base
        unsafe self.seed = seed
        unsafe start = lane.lowerBound
        unsafe end = lane.upperBound
        unsafe offset = lane.lowerBound + SegmentLayout.Lane.records
    }

    /// Makes the lane: from the last step on, recovery sees it.
    static func prepare(_ map: SegmentMap, seed: SegmentSeed, lane: Range<Int>, units: Int) {
        let start = lane.lowerBound
        precondition(lane.count >= SegmentLayout.Lane.records + SegmentLayout.Record.payload)
        unsafe (map.base + start + SegmentLayout.Lane.records).atomicHalfWord.pointee.store(0, ordering: .relaxed)
        for word in [SegmentLayout.Lane.written, SegmentLayout.Lane.released] {
            map.setWord(at: start + word, to: seed.seal(LaneExtent.empty.value, at: start + word))
        }
        let claim = start + SegmentLayout.Lane.claim
        map.setWord(at: claim, to: seed.seal(UInt64(units), at: claim))
    }

    /// Whether a record with so long a payload has room.
    func fits(_ payload: Int) -> Bool {
        unsafe SegmentLayout.Record.payload &+ payload <= end &- offset
    }

    /// How many steps an append has.
    static let steps = 5

    /// Appends a record, which must fit.
    @inline(__always)
    mutating func append(kind: UInt8, time: UInt64, _ payload: UnsafeRawBufferPointer) {
        // Written out: a loop over the steps is not unrolled, and costs 8 ns.
        unsafe perform(0, kind: kind, time: time, payload)
        unsafe perform(1, kind: kind, time: time, payload)
        unsafe perform(2, kind: kind, time: time, payload)
        unsafe perform(3, kind: kind, time: time, payload)
        unsafe perform(4, kind: kind, time: time, payload)
    }

    /// One step of an append.
    @inline(__always)
    mutating func perform(_ step: Int, kind: UInt8, time: UInt64, _ payload: UnsafeRawBufferPointer) {
        switch step {
        case 0: unsafe place(kind: kind, time: time, payload)
        case 1: unsafe seal(payload.count)
        case 2: unsafe terminate(payload.count)
        case 3: unsafe commit(payload.count)
        default: unsafe publish(payload.count)
        }
    }

    /// Step 0: everything but checksum and size.
    @inline(__always)
    private func place(kind: UInt8, time: UInt64, _ payload: UnsafeRawBufferPointer) {
        unsafe precondition(fits(payload.count))
        let record = unsafe base + offset
        unsafe record.storeBytes(of: time, toByteOffset: SegmentLayout.Record.appended, as: UInt64.self)
        unsafe record.storeBytes(of: UInt64(kind), toByteOffset: SegmentLayout.Record.kind, as: UInt64.self)
        if let bytes = payload.baseAddress {
            unsafe (record + SegmentLayout.Record.payload).copyMemory(from: bytes, byteCount: payload.count)
        }
    }

    /// Step 0: the checksum.
    @inline(__always)
    private func seal(_ payload: Int) {
        let record = unsafe base + offset
        let body = unsafe UnsafeRawBufferPointer(
            start: record + SegmentLayout.Record.body,
            count: SegmentLayout.Record.payload &- SegmentLayout.Record.body &+ payload
        )
        let checksum = unsafe seed.checksum(ofRecordAt: offset, body: body)
        unsafe record.storeBytes(of: checksum, toByteOffset: SegmentLayout.Record.checksum, as: UInt32.self)
    }

    /// Step 0: the lane ends behind the record.
    @inline(__always)
    private func terminate(_ payload: Int) {
        let next = unsafe following(payload)
        guard unsafe end &- next >= SegmentLayout.Record.payload else { return }
        unsafe (base + next).atomicHalfWord.pointee.store(0, ordering: .relaxed)
    }

    /// Step 0: the size.
    ///
    /// From here on the record is there.
    @inline(__always)
    private func commit(_ payload: Int) {
        let size = UInt32(truncatingIfNeeded: SegmentLayout.Record.payload &+ payload)
        unsafe (base + offset).atomicHalfWord.pointee.store(size, ordering: .releasing)
    }

    /// Step 0: readers of this process learn of it, and the next record begins behind it.
    @inline(__always)
    private mutating func publish(_ payload: Int) {
        unsafe offset = unsafe following(payload)
        unsafe count &+= 1
        let written = unsafe start &+ SegmentLayout.Lane.written
        let extent = unsafe LaneExtent(length: offset &- start, count: count)
        unsafe (base + written).atomicWord.pointee.store(seed.seal(extent.value, at: written), ordering: .releasing)
    }

    @inline(__always)
    private func following(_ payload: Int) -> Int {
        unsafe (offset &+ SegmentLayout.Record.payload &+ payload).roundedUp(to: SegmentLayout.Record.alignment)
    }
}
