#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The machine's own clocks: `CLOCK_MONOTONIC` and `CLOCK_REALTIME`, about 20 ns a reading.
public struct SystemClock: MonitoringClock {
    /// Makes the clock; there is no state.
    public init() {}

    /// Nanoseconds of `CLOCK_MONOTONIC`.
    public var monotonicNanoseconds: UInt64 { Self.read(CLOCK_MONOTONIC) }

    /// Nanoseconds of `CLOCK_REALTIME`.
    public var unixNanoseconds: UInt64 { Self.read(CLOCK_REALTIME) }

    /// Suspends until the monotonic time is reached.
    public func sleep(untilMonotonicNanoseconds deadline: UInt64) async throws {
        let now = monotonicNanoseconds
        if deadline > now { try await Task.sleep(nanoseconds: deadline - now) }
    }

    private static func read(_ id: clockid_t) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(id, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
