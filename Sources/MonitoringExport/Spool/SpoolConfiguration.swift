/// What a spool is for and how much it may hold.
package struct SpoolConfiguration: Sendable {
    /// What the records tell.
    package var signal: SpoolSignal
    /// How the records are written.
    package var encoding: SpoolEncoding
    /// The encoded resource and scope of this process, as they will stand around the records.
    package var identity: [UInt8]
    /// How much memory the segments may take together.
    ///
    /// At least two segments are kept, smaller ones if need be.
    package var maximumBytes: Int
    /// How large a segment is.
    package var segmentBytes: Int
    /// How many records may wait; new ones are dropped beyond.
    ///
    /// `nil` leaves it to the bytes.
    package var maximumRecords: Int?

    /// How old records of others may get that nobody sends, and files that cannot be read.
    package var ageLimit = Duration.seconds(24 * 3_600)

    /// The defaults: 64 MiB in segments of 4 MiB.
    package init(
        signal: SpoolSignal,
        encoding: SpoolEncoding,
        identity: [UInt8],
        maximumBytes: Int = 64 << 20,
        segmentBytes: Int = 4 << 20,
        maximumRecords: Int? = nil
    ) {
        self.signal = signal
        self.encoding = encoding
        self.identity = identity
        self.maximumBytes = maximumBytes
        self.segmentBytes = segmentBytes
        self.maximumRecords = maximumRecords
    }
}

/// What the records of a segment tell.
///
/// The numbers are part of the format.
package enum SpoolSignal: UInt8, Sendable, Hashable {
    case traces = 1
    case errors = 2
    case logs = 3

    /// The word that the ledger uses.
    package var name: String {
        switch self {
        case .traces: "traces"
        case .errors: "errors"
        case .logs: "logs"
        }
    }
}

/// How the records of a segment are written.
///
/// The numbers are part of the format.
package enum SpoolEncoding: UInt8, Sendable, Hashable {
    case otlpJSON = 1
    case sentryItem = 2
}
