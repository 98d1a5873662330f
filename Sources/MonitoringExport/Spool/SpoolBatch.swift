import Synchronization

/// Records taken from a spool, with their lanes reserved until it is settled.
final class SpoolBatch: SpooledBatch {
    let count: Int
    let byteCount: Int
    let oldestUnixNanoseconds: UInt64
    let identity: [UInt8]
    private let spool: Spool
    /// None once it is settled, so that nothing keeps the memory then.
    private let spans: Mutex<[LaneSpan]>

    init(of spool: Spool, _ filling: BatchFilling) {
        self.spool = spool
        spans = Mutex(filling.spans)
        identity = filling.spans.first?.header.identity ?? []
        count = filling.count
        byteCount = filling.bytes
        oldestUnixNanoseconds = filling.oldest
    }

    deinit { settle(.putBack) }

    /// Visits the records in order; none once the batch is settled.
    func forEachRecord(_ body: (UInt8, UnsafeRawBufferPointer) -> Void) {
        guard !spool.isForked else { return }
        let spans = spans.withLock { spans in
            spool.pin(spans)
            return spans
        }
        for span in spans {
            unsafe span.forEachRecord { record in unsafe body(record.kind, record.payload) }
        }
        spool.unpin(spans)
    }

    func settle(_ outcome: BatchOutcome) {
        guard !spool.isForked else { return }
        var settled: [LaneSpan] = []
        spans.withLock { swap(&$0, &settled) }
        if !settled.isEmpty { spool.settle(settled, count: count, outcome) }
    }
}
