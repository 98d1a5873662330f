/// Where things stand in a flight recorder's file; `docs/decisions/0005-flight-recorder.md` explains why.
///
/// Offsets and sizes are in bytes.
enum FlightLayout {
    /// The bytes `monflght`.
    static let magic: UInt64 = 0x7468_676c_666e_6f6d
    static let version: UInt32 = 1
    static let slots = 512
    static let crumbs = 64

    enum Header {
        static let magic = 0
        static let version = 8
        static let dataOffset = 12
        static let slots = 16
        static let crumbs = 20
        static let writerID = 24
        static let bootID = 32
        static let started = 48
        static let startedMonotonic = 56
        static let processID = 64
        static let identityLength = 68
        /// End of what never changes.
        static let fixed = 72
        static let heartbeat = 72
        static let end = 80
        static let checksum = 120
        static let identity = 128
    }

    /// An operation in flight.
    enum Slot {
        static let size = 256
        static let state = 0
        static let segmentID = 8
        static let offset = 16
        static let traceHigh = 24
        static let traceLow = 32
        static let span = 40
        static let parent = 48
        static let start = 56
        static let kind = 64
        static let spanKind = 68
        static let flags = 69
        static let isRemote = 70
        static let verbLength = 71
        static let subjectLength = 72
        static let agentLength = 73
        static let checksum = 76
        static let text = 80
        static let verbLimit = 64
        static let subjectLimit = 64
        static let agentLimit = 48

        static let free: UInt64 = 0
        static let filling: UInt64 = 1
        static let open: UInt64 = 2
    }

    /// A breadcrumb.
    enum Crumb {
        static let size = 256
        static let sequence = 0
        static let time = 8
        static let level = 16
        static let categoryLength = 17
        static let messageLength = 18
        static let checksum = 20
        static let text = 24
        static let categoryLimit = 32
        static let messageLimit = 200
    }

    static func dataOffset(identityBytes: Int) -> Int {
        (Header.identity + identityBytes).roundedUp(to: SegmentGeometry.page)
    }

    static func byteCount(identityBytes: Int) -> Int {
        dataOffset(identityBytes: identityBytes) + slots * Slot.size + crumbs * Crumb.size
    }
}
