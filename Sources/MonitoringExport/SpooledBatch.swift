/// Records that were taken from a spool to be sent, pinned until they are settled.
///
/// All records of a batch come from segments with the same header bytes. A batch is settled exactly once; one that is
/// dropped without being settled puts its records back.
package protocol SpooledBatch: AnyObject, Sendable {
    /// What stands in the segment's header: the encoded resource and scope of the process that wrote the records.
    var identity: [UInt8] { get }
    /// How many records there are; at least one.
    var count: Int { get }
    /// The sum of the records' lengths in bytes.
    var byteCount: Int { get }
    /// When the oldest of them was appended, in Unix nanoseconds.
    var oldestUnixNanoseconds: UInt64 { get }

    /// Visits the records in order. The bytes are valid during the call of `body` alone.
    func forEachRecord(_ body: (_ kind: UInt8, _ bytes: UnsafeRawBufferPointer) -> Void)

    /// Says what became of the records, and frees their room unless they are put back.
    func settle(_ outcome: BatchOutcome)
}

/// What became of a batch.
package enum BatchOutcome: Sendable, Hashable {
    /// The receiver has them; `rejected` of them it refused (a partial success).
    case accepted(rejected: Int)
    /// The receiver refused them all for good.
    case rejected
    /// Given up, for the reason that the ledger shows.
    case dropped(reason: String)
    /// Not sent; they stay queued and will be taken again, in the same order.
    case putBack
}

/// What the exporter needs of a spool.
package protocol RecordQueue: Sendable {
    /// Takes the oldest records that fit within both limits, at least one when any is queued; `nil` when none is.
    func nextBatch(maximumCount: Int, maximumBytes: Int) -> (any SpooledBatch)?
    /// Records and bytes that wait, pinned ones included; the count is exact, the bytes may be rounded up a little.
    var queued: (count: Int, bytes: Int) { get }
    /// Calls `handler`, from the appending thread and soon after, once `count` records or `bytes` bytes wait; at most
    /// once until it is set anew. `nil` stops that.
    func wake(afterCount count: Int, bytes: Int, _ handler: (@Sendable () -> Void)?)
}
