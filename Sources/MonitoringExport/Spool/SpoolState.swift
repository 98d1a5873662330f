/// What a spool knows, besides the records themselves.
///
/// Protected by its lock; nothing here walks records.
struct SpoolState: Sendable {
    /// A wish to be called.
    struct Wake: Sendable {
        let count: Int
        let bytes: Int
        let handler: @Sendable () -> Void
    }

    /// Oldest first.
    ///
    /// Lanes are claimed in the last.
    var segments: [Segment] = []
    /// Maps for segments to come.
    var warm: [SegmentMap] = []
    /// Maps to let go of, outside the lock.
    var discarded: [SegmentMap] = []
    /// Whether another map should be made ready.
    var wantsSpare = false
    /// Whether somebody asked for what was handed over to reach the disk.
    var wantsSync = false
    /// Why records lie in memory that should lie in files; to be told outside the lock.
    var freshFault: FileFault?
    private var hasFault = false
    /// Records that lie in files for the next process, once the spool is closed.
    var left = 0
    private var adoptedSegments: UInt64 = 0
    private var spareAskedFor: UInt64 = 0
    /// Permits that have become free, to be given back outside the lock.
    var freedPermits = 0
    var sequence: UInt64 = 0
    var counters = DeliveryCounters()
    /// Why records were dropped, as far as somebody was or will be told.
    private var notedDrops: Set<DropReason> = []
    /// Of these, the ones to be told outside the lock.
    var freshDrops: [DropReason] = []
    var isClosed = false
    var wake: Wake?

    /// Own segments are numbered from here, those that were adopted below: numbers rise in the list.
    private static let firstOwnNumber: UInt64 = 1 << 40

    /// The number of the own segment that is next in the sequence.
    mutating func nextOwnNumber() -> UInt64 {
        sequence += 1
        return Self.firstOwnNumber + sequence
    }

    /// Where the segment with that number stands.
    func index(of number: UInt64) -> Int? { segments.firstIndex { $0.number == number } }

    /// Where the segment stands in which lanes are claimed; `nil` before the first record.
    var newest: Int? { segments.last.flatMap { $0.isAdopted ? nil : segments.count - 1 } }

    /// What all segments take together.
    var bytes: Int { segments.reduce(0) { $0 + $1.map.byteCount } }

    /// Enters what another writer has left, behind what was adopted before, and counts its records.
    mutating func adopt(_ map: SegmentMap, _ header: SegmentHeader, _ lanes: [SegmentRecovery.Lane]) {
        adoptedSegments += 1
        let segment = Segment(number: adoptedSegments, adopting: map, header: header, lanes: lanes)
        segments.insert(segment, at: segments.firstIndex { !$0.isAdopted } ?? segments.count)
        counters.recovered += SegmentRecovery.Summary(lanes).records
    }

    /// Whether a map should be made ready, and nobody was asked for it since the newest segment was begun.
    var needsSpare: Bool {
        mutating get {
            guard let newest, warm.isEmpty, spareAskedFor != segments[newest].number, segments[newest].isGettingFull
            else { return false }
            spareAskedFor = segments[newest].number
            return true
        }
    }

    /// Notes why a segment lies in memory, once.
    mutating func note(_ fault: FileFault) {
        if !hasFault { (hasFault, freshFault) = (true, fault) }
    }

    /// Counts records as dropped, in the newest segment too.
    mutating func drop(_ count: Int, reason: String) {
        guard count > 0 else { return }
        counters.drop(count, reason: reason)
        if let reason = DropReason(rawValue: reason), notedDrops.insert(reason).inserted { freshDrops.append(reason) }
        guard let newest else { return }
        let slot = DropReason.headerSlot(of: reason)
        segments[newest].header.setDropCount(counters.dropped(inHeaderSlot: slot), slot: slot, in: segments[newest].map)
    }

    /// Has the next drop told, whatever was told before.
    mutating func forgetDrops() { notedDrops = [] }

    /// Takes a segment out: none of its records waits any longer.
    ///
    /// Its map can be used again.
    mutating func retire(at index: Int) -> SegmentMap {
        let segment = segments.remove(at: index)
        if !segment.isAdopted { counters.produced += segment.writtenCount }
        SegmentHeader.erase(segment.map)
        return segment.map
    }

    /// Takes out a segment of the closed spool that lies in a file, with what waits in it, for the next process.
    mutating func leave(at index: Int) {
        let segment = segments.remove(at: index)
        if !segment.isAdopted { counters.produced += segment.writtenCount }
        left += segment.lanes.reduce(0) { $0 + segment.written($1).count - $1.released.count }
        discarded.append(segment.map)
    }

    /// Settles a lane up to `extent`.
    mutating func release(lane: Int, ofSegmentAt index: Int, upTo extent: LaneExtent) {
        let count = segments[index].release(lane: lane, upTo: extent)
        if !segments[index].isAdopted { freedPermits += count }
    }

    /// Gives up what waits in the segment, or in one lane of it, and is in no batch.
    ///
    /// Counted first: a crash between must not lose a record that nobody counted.
    mutating func dropWaiting(inSegmentAt index: Int, lane: Int? = nil, reason: DropReason) {
        let waiting = segments[index].waiting.filter { lane == nil || $0.lane == lane }
        drop(
            waiting.reduce(0) { $0 + $1.extent.count - segments[index].lanes[$1.lane].released.count },
            reason: reason.rawValue
        )
        for (lane, extent) in waiting { release(lane: lane, ofSegmentAt: index, upTo: extent) }
    }

    /// Records that wait, and their bytes rounded up to the alignment of records.
    ///
    /// - Parameter taken: Whether lanes count that a batch has.
    /// - Returns: What the lanes say, without a look at the records.
    func waiting(withTaken taken: Bool) -> (count: Int, bytes: Int) {
        var count = 0
        var bytes = 0
        for segment in segments {
            for lane in segment.lanes where taken || !lane.isTaken {
                let written = segment.written(lane)
                let waiting = written.count - lane.released.count
                count += waiting
                bytes += written.length - lane.released.length - waiting * SegmentLayout.Record.payload
            }
        }
        return (count, bytes)
    }

    /// The wake handler, once, if what it waits for has come.
    mutating func takeDueWake() -> (@Sendable () -> Void)? {
        guard let wake, !isClosed else { return nil }
        let available = waiting(withTaken: false)
        guard available.count >= wake.count || (available.bytes >= wake.bytes && available.count > 0) else {
            return nil
        }
        self.wake = nil
        return wake.handler
    }
}
