/// Where the layer takes its time from, so that tests can move it by hand.
///
/// Implementations are called from any thread and must not block.
public protocol MonitoringClock: Sendable {
    /// Nanoseconds since a fixed moment in the past; never goes back. Durations are measured with it.
    var monotonicNanoseconds: UInt64 { get }
    /// Nanoseconds since 1970-01-01T00:00:00Z; may jump. Timestamps are made with it.
    var unixNanoseconds: UInt64 { get }
    /// Suspends until the monotonic time is reached.
    ///
    /// - Parameter deadline: A monotonic time in nanoseconds.
    /// - Throws: `CancellationError` when the task is cancelled before.
    func sleep(untilMonotonicNanoseconds deadline: UInt64) async throws
}

extension MonitoringClock {
    /// Suspends for a duration.
    ///
    /// - Parameter duration: How long; nothing happens for a negative one.
    /// - Throws: `CancellationError` when the task is cancelled before.
    public func sleep(for duration: Duration) async throws {
        try await sleep(untilMonotonicNanoseconds: monotonicNanoseconds &+ duration.nanoseconds)
    }
}

extension Duration {
    /// The duration in whole nanoseconds, clamped to 0...292 years.
    package var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < Int64.max / 1_000_000_000 else { return UInt64(Int64.max) }
        return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds) / 1_000_000_000
    }
}
