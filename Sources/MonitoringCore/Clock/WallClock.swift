import Synchronization

/// Wall time by the monotonic clock and an offset that is read anew once a second: one clock reading an operation, not two.
struct WallClock: ~Copyable, Sendable {
    private static let interval: UInt64 = 1_000_000_000

    private let offset: Atomic<UInt64>
    private let readAt: Atomic<UInt64>

    init(_ clock: any MonitoringClock) {
        let monotonic = clock.monotonicNanoseconds
        offset = Atomic(clock.unixNanoseconds &- monotonic)
        readAt = Atomic(monotonic)
    }

    func unixNanoseconds(atMonotonic monotonic: UInt64, _ clock: any MonitoringClock) -> UInt64 {
        if monotonic &- readAt.load(ordering: .relaxed) >= Self.interval {
            readAt.store(monotonic, ordering: .relaxed)
            offset.store(clock.unixNanoseconds &- monotonic, ordering: .relaxed)
        }
        return monotonic &+ offset.load(ordering: .relaxed)
    }
}
