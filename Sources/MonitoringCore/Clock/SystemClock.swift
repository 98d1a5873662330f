internal import CMonitoringShims

/// The machine's own clocks: `CLOCK_MONOTONIC` and `CLOCK_REALTIME`, about 20 ns a reading.
public struct SystemClock: MonitoringClock {
    /// Makes the clock; there is no state.
    public init() {}

    /// Nanoseconds of `CLOCK_MONOTONIC`.
    public var monotonicNanoseconds: UInt64 { monitoring_clock_monotonic() }

    /// Nanoseconds of `CLOCK_REALTIME`.
    public var unixNanoseconds: UInt64 { monitoring_clock_realtime() }

    /// Suspends until the monotonic time is reached.
    public func sleep(untilMonotonicNanoseconds deadline: UInt64) async throws {
        let now = monotonicNanoseconds
        if deadline > now { try await Task.sleep(nanoseconds: deadline - now) }
    }
}
