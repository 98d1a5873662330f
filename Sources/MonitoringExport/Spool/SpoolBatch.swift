import Synchronization

/// Records taken from a spool, with their lanes reserved until it is settled.
final class SpoolBatch: SpooledBatch {
    let count: Int
    let byteCount: Int
    let oldestUnixNanoseconds: UInt64
    private let spool: Spool
    private let spans: [LaneSpan]
    private let isSettled = Mutex(false)

    init(of spool: Spool, _ filling: BatchFilling) {
        self.spool = spool
        spans = filling.spans
        count = filling.count
        byteCount = filling.bytes
        oldestUnixNanoseconds = filling.oldest
    }

    deinit { settle(.putBack) }

    var identity: [UInt8] { spool.configuration.identity }

    /// Visits the records in order; none once the batch is settled.
    func forEachRecord(_ body: (UInt8, UnsafeRawBufferPointer) -> Void) {
        guard !spool.isForked else { return }
        let mayVisit = isSettled.withLock { isSettled in
            if !isSettled { spool.pin(spans) }
            return !isSettled
        }
        guard mayVisit else { return }
        for span in spans {
            unsafe span.forEachRecord { record in unsafe body(record.kind, record.payload) }
        }
        spool.unpin(spans)
    }

    func settle(_ outcome: BatchOutcome) {
        guard !spool.isForked else { return }
        let isFirst = isSettled.withLock { isSettled in
            defer { isSettled = true }
            return !isSettled
        }
        if isFirst { spool.settle(spans, count: count, outcome) }
    }
}
