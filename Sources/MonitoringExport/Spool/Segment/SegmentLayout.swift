/// Where things stand in a segment; `docs/decisions/0001-spool.md` explains why.
///
/// Offsets and sizes are in bytes.
enum SegmentLayout {
    /// The bytes `monspool`.
    static let magic: UInt64 = 0x6c6f_6f70_736e_6f6d
    static let version: UInt32 = 1

    /// The fixed part of a segment's header.
    enum Header {
        static let magic = 0
        static let version = 8
        static let dataOffset = 12
        static let segmentID = 16
        static let writerID = 24
        static let sequence = 32
        static let bootID = 40
        static let created = 56
        static let processID = 64
        static let signal = 68
        static let encoding = 69
        static let segmentBytes = 72
        static let laneUnit = 76
        static let identityLength = 80
        static let createdMonotonic = 88
        static let checksum = 124
        static let dropCounts = 128
        static let dropCountSlots = 16
        static let identity = 256
    }

    /// The header of a lane, from the lane's start.
    enum Lane {
        static let claim = 0
        static let written = 8
        static let released = 16
        static let records = 32
    }

    /// The header of a record, from the record's start.
    enum Record {
        static let size = 0
        static let checksum = 4
        static let body = 8
        static let appended = 8
        static let kind = 16
        static let payload = 24
        static let alignment = 8
    }
}

extension Int {
    /// The next multiple of `step`, a power of two.
    func roundedUp(to step: Int) -> Int { (self &+ step &- 1) & ~(step &- 1) }
}
