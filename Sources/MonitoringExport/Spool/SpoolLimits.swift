/// What follows from a configuration: sizes that fit each other.
struct SpoolLimits: Sendable {
    /// A record's payload is never longer, whatever the segments could hold.
    static let longestRecord = 1 << 20
    /// Maps that are kept for the next segment instead of being unmapped.
    static let warmMaps = 2

    let geometry: SegmentGeometry
    /// How many segments there may be; at least two, so that one can be dropped while another is written.
    let segments: Int
    /// The longest payload that is taken.
    let recordBytes: Int
    /// How many permits a stripe takes at once; 0 when the number of records is not limited.
    let permitLot: Int

    init(_ configuration: SpoolConfiguration) {
        let wanted = min(configuration.segmentBytes, configuration.maximumBytes / 2)
        geometry = SegmentGeometry(segmentBytes: wanted, identityBytes: configuration.identity.count)
        segments = max(2, configuration.maximumBytes / geometry.segmentBytes)
        recordBytes = min(Self.longestRecord, geometry.longestRecord)
        permitLot = configuration.maximumRecords.map { max(1, $0 / 256) } ?? 0
    }
}
