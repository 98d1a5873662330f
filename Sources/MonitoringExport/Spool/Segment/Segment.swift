/// What the spool knows about one of its segments.
///
/// Protected by the spool's lock.
struct Segment: Sendable {
    /// A lane that was claimed.
    struct Lane: Sendable {
        let range: Range<Int>
        /// What is settled.
        var released = LaneExtent.empty
        /// Whether a batch has it.
        var isTaken = false
    }

    /// Its number among those that the spool has known, by which it is told from others.
    let number: UInt64
    let map: SegmentMap
    let header: SegmentHeader
    let seed: SegmentSeed
    /// Whether it was left behind by another writer.
    let isAdopted: Bool
    private(set) var lanes: [Lane] = []
    private var claimedUnits = 0
    /// How many of the lanes a stripe may still write to.
    var openLanes = 0
    /// How many batches and walks rely on the segment's records staying where they are.
    var pins = 0

    /// A new one, without lanes.
    init(number: UInt64 = 0, map: SegmentMap, header: SegmentHeader) {
        self.number = number
        self.map = map
        self.header = header
        seed = header.seed
        isAdopted = false
    }

    /// One that was left behind, with the lanes that recovery found there; nobody writes to them any more.
    ///
    /// From now on each lane says that as much was written to it as was found.
    init(number: UInt64, adopting map: SegmentMap, header: SegmentHeader, lanes found: [SegmentRecovery.Lane]) {
        self.number = number
        self.map = map
        self.header = header
        seed = header.seed
        isAdopted = true
        claimedUnits = header.geometry.unitCount
        for lane in found {
            lanes.append(Lane(range: lane.range, released: lane.released))
            for step in 0..<Self.adoptionSteps { Self.adopt(lane, in: map, seed: seed, step: step) }
        }
    }

    /// How many steps it takes to adopt a lane.
    static let adoptionSteps = 2

    /// One step of adopting a lane: what was found is written, what was settled stays so even where that word was damaged.
    static func adopt(_ lane: SegmentRecovery.Lane, in map: SegmentMap, seed: SegmentSeed, step: Int) {
        let isFirst = step == 0
        let offset = lane.range.lowerBound + (isFirst ? SegmentLayout.Lane.released : SegmentLayout.Lane.written)
        let extent = isFirst ? lane.released : lane.found
        map.setWord(at: offset, to: seed.seal(extent.value, at: offset))
    }

    /// Claims a lane with room for a record of `size` bytes with its header; `nil` when there is none.
    mutating func claim(recordSize size: Int) -> Range<Int>? {
        guard let units = header.geometry.unitsToClaim(from: claimedUnits, recordSize: size) else { return nil }
        let range = header.geometry.lane(unit: claimedUnits, units: units)
        unsafe LaneWriter.prepare(map, seed: seed, lane: range, units: units)
        claimedUnits += units
        openLanes += 1
        lanes.append(Lane(range: range))
        return range
    }

    /// Whether the next segment should be made ready.
    var isGettingFull: Bool { claimedUnits * 4 >= header.geometry.unitCount }

    /// How far a lane was written, at this moment; not beyond what is settled when somebody has overwritten that.
    func written(_ lane: Lane) -> LaneExtent {
        let word = lane.range.lowerBound + SegmentLayout.Lane.written
        guard let extent = seed.open(map.word(at: word), at: word).map(LaneExtent.init(value:)),
            extent.count >= lane.released.count, extent.length >= lane.released.length,
            extent.length <= lane.range.count
        else { return lane.released }
        return extent
    }

    /// Records in lanes of the segment, the settled ones included.
    var writtenCount: Int { lanes.reduce(0) { $0 + written($1).count } }

    /// Whether no record waits.
    var isSettled: Bool { lanes.allSatisfy { written($0).count == $0.released.count } }

    mutating func setTaken(_ isTaken: Bool, lane: Int) { lanes[lane].isTaken = isTaken }

    /// Settles a lane up to `extent`, for whoever adopts it too; returns how many records that were.
    mutating func release(lane: Int, upTo extent: LaneExtent) -> Int {
        let count = extent.count - lanes[lane].released.count
        lanes[lane].released = extent
        let word = lanes[lane].range.lowerBound + SegmentLayout.Lane.released
        map.setWord(at: word, to: seed.seal(extent.value, at: word))
        return count
    }

    /// The lanes where records wait that are in no batch, and how far those reach at this moment.
    var waiting: [(lane: Int, extent: LaneExtent)] {
        lanes.indices.compactMap { lane in
            let extent = written(lanes[lane])
            return lanes[lane].isTaken || extent.count == lanes[lane].released.count ? nil : (lane, extent)
        }
    }
}
