package import MonitoringCore

/// What became of all records of one signal.
///
/// Counting costs the appending thread nothing of its own: records are counted in the word of their lane that says how
/// far it is written, and summed when somebody asks.
package final class DeliveryLedger: Sendable {
    private let spool: Spool

    /// The ledger of what is handed to a spool.
    package init(of spool: Spool) {
        self.spool = spool
    }

    /// Counts records that were given up before they reached the spool, as produced and as dropped.
    package func countDropped(_ count: Int, reason: String) { spool.countDropped(count, reason: reason) }

    /// The figures of one moment: its equation holds at any time, also while threads append and batches are settled.
    ///
    /// `queued` is counted by walking the records that wait, without holding up the threads that append. While that goes on, no
    /// segment can be dropped to make room.
    package func snapshot() -> Monitor.Ledger {
        let signal = spool.configuration.signal.name
        guard let tally = spool.withCut({ $0.walk() }) else { return Monitor.Ledger(signal: signal) }
        return Monitor.Ledger(
            signal: signal,
            produced: tally.counters.produced,
            recovered: tally.counters.recovered,
            delivered: tally.counters.delivered,
            rejected: tally.counters.rejected,
            queued: tally.queued,
            dropped: tally.counters.dropped
        )
    }
}
