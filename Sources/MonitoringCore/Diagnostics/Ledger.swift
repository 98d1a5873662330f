extension Monitor {
    /// What became of everything that one signal produced: a snapshot.
    ///
    /// `produced + recovered == delivered + rejected + queued + dropped.values.reduce(0, +)` holds on every snapshot that
    /// is taken while nothing is being handed over, and `queued` is counted in the spool itself, never derived.
    public struct Ledger: Sendable, Hashable {
        /// Which signal: `traces`, `errors`, `logs`.
        public var signal: String
        /// Records handed over by this process.
        public var produced: Int
        /// Records found in the spools of processes that ended before.
        public var recovered: Int
        /// Records that the receiver accepted.
        public var delivered: Int
        /// Records that the receiver refused for good.
        public var rejected: Int
        /// Records that are still waiting.
        public var queued: Int
        /// Records given up, by reason, such as `full`, `too-large` or `too-old`.
        public var dropped: [String: Int]

        /// Makes a snapshot.
        public init(
            signal: String,
            produced: Int = 0,
            recovered: Int = 0,
            delivered: Int = 0,
            rejected: Int = 0,
            queued: Int = 0,
            dropped: [String: Int] = [:]
        ) {
            self.signal = signal
            self.produced = produced
            self.recovered = recovered
            self.delivered = delivered
            self.rejected = rejected
            self.queued = queued
            self.dropped = dropped
        }

        /// How far the two sides of the equation are apart: 0 on a consistent cut.
        public var imbalance: Int {
            produced + recovered - delivered - rejected - queued - dropped.values.reduce(0, +)
        }
    }
}
