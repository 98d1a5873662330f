/// What became of a record that was handed to a spool.
package enum AppendOutcome: Sendable, Hashable {
    /// It lies in the spool, and outlives the process where the spool does.
    case accepted
    /// It was given up, and counted unless the reason is `forked`.
    case dropped(DropReason)
}

/// Why a spool gives up a record; the raw value is the ledger's word.
package enum DropReason: String, Sendable, Hashable, CaseIterable {
    /// The budget is used up: the oldest segment went, or, where that is impossible, the new record.
    case full
    /// The record is longer than the spool takes.
    case tooLarge = "too-large"
    /// The system has no memory for a segment.
    case noMemory = "no-memory"
    /// More threads than the spool has stripes were inside an append, and stayed there.
    case contended
    /// The spool was closed before the record was sent.
    case closed
    /// Somebody has overwritten the record in memory.
    case corrupt
    /// The exporter found that it had waited for too long.
    case tooOld = "too-old"
    /// The spool belongs to a parent process.
    case forked

    /// Where a segment's header counts the reason; every reason without a place of its own shares the last.
    static func headerSlot(of reason: String) -> Int {
        switch DropReason(rawValue: reason) {
        case .full: 0
        case .tooLarge: 1
        case .noMemory: 2
        case .contended: 3
        case .closed: 4
        case .corrupt: 5
        case .tooOld: 6
        case .forked, nil: 7
        }
    }
}
