/// What became of records that are no longer in a spool.
struct DeliveryCounters: Sendable, Hashable {
    /// Records handed over, as far as the lanes that are still known do not tell it.
    var produced = 0
    /// Records found in the segments of writers that are gone.
    var recovered = 0
    /// Records that the receiver accepted.
    var delivered = 0
    /// Records that the receiver refused.
    var rejected = 0
    /// Records given up, by reason.
    private(set) var dropped: [String: Int] = [:]

    mutating func drop(_ count: Int, reason: String) { dropped[reason, default: 0] += count }

    /// How many records were dropped for the reasons that share a place in the headers of segments.
    func dropped(inHeaderSlot slot: Int) -> Int {
        dropped.reduce(0) { DropReason.headerSlot(of: $1.key) == slot ? $0 + $1.value : $0 }
    }
}
