/// Keeps an exporter from spending work on a receiver that is away.
///
/// After a few failures in a row it is *open*: what is sent once a pause is over is a *probe*, a single record, however
/// much waits. A probe that is answered, with whatever is final, closes it, and whole batches follow at once.
struct CircuitBreaker: Sendable {
    /// So many failures in a row open it.
    static let threshold = 3

    /// How many attempts have failed in a row.
    private(set) var failures = 0

    /// Whether only probes are sent.
    var isOpen: Bool { failures >= Self.threshold }

    /// An attempt found no receiver, or one that takes nothing now.
    mutating func fail() { failures += 1 }

    /// The receiver has answered.
    mutating func succeed() { failures = 0 }
}
