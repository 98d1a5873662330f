/// How a segment is cut into header and lanes.
struct SegmentGeometry: Sendable, Hashable {
    static let laneUnits = 1 << 10...1 << 16
    static let page = 4096
    /// How many units a lane takes at most for the sake of records that may follow.
    private static let generousUnits = 16

    let segmentBytes: Int
    let laneUnit: Int
    /// Where the first unit begins.
    let dataOffset: Int

    /// A segment of about the wanted size, with room for at least four lanes.
    init(segmentBytes wanted: Int, identityBytes: Int) {
        var unit = Self.laneUnits.upperBound
        while unit > Self.laneUnits.lowerBound, unit * 64 > wanted { unit /= 2 }
        laneUnit = unit
        dataOffset = (SegmentLayout.Header.identity + identityBytes).roundedUp(to: Self.page)
        segmentBytes = max(wanted.roundedUp(to: Self.page), dataOffset + 4 * max(unit, Self.page))
    }

    /// What a header says, if a segment can be like that.
    init?(segmentBytes: UInt32, laneUnit: UInt32, dataOffset: UInt32, identityLength: UInt32) {
        let expected = (SegmentLayout.Header.identity + Int(identityLength)).roundedUp(to: Self.page)
        guard segmentBytes <= 1 << 30, segmentBytes % UInt32(Self.page) == 0, laneUnit.nonzeroBitCount == 1,
            Self.laneUnits.contains(Int(laneUnit)), Int(dataOffset) == expected, dataOffset < segmentBytes
        else { return nil }
        self.segmentBytes = Int(segmentBytes)
        self.laneUnit = Int(laneUnit)
        self.dataOffset = Int(dataOffset)
    }

    /// How many units there are; the last may be shorter than the others.
    var unitCount: Int { (segmentBytes - dataOffset + laneUnit - 1) / laneUnit }

    /// The longest payload for which a lane can be claimed in an empty segment.
    var longestRecord: Int {
        segmentBytes - dataOffset - SegmentLayout.Lane.records - SegmentLayout.Record.payload
    }

    /// Where the lane of `units` units from number `unit` on lies.
    func lane(unit: Int, units: Int) -> Range<Int> {
        let start = dataOffset + unit * laneUnit
        return start..<min(start + units * laneUnit, segmentBytes)
    }

    /// How many units to claim from number `unit` on for a record of `size` bytes with its header, or `nil` when it
    /// does not fit there.
    ///
    /// For a large record there is room for a few of its kind, so that little is wasted at the lane's end.
    func unitsToClaim(from unit: Int, recordSize size: Int) -> Int? {
        guard unit < unitCount, SegmentLayout.Lane.records + size <= segmentBytes - dataOffset - unit * laneUnit else {
            return nil
        }
        let needed = units(for: size)
        guard size > laneUnit / 4 else { return needed }
        return min(max(needed, min(units(for: 4 * size), Self.generousUnits)), unitCount - unit)
    }

    private func units(for bytes: Int) -> Int { (SegmentLayout.Lane.records + bytes + laneUnit - 1) / laneUnit }
}
