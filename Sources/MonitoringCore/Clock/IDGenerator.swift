internal import CMonitoringShims

/// Where ids come from, so that tests can fix them.
///
/// Called from any thread; must not block.
public protocol MonitoringIDGenerator: Sendable {
    /// A trace id that is not all zeros.
    func makeTraceID() -> Monitor.TraceID
    /// A span id that is not all zeros.
    func makeSpanID() -> Monitor.SpanID
}

/// Random ids from a generator of each thread's own: about a nanosecond, no system call, new in every child process.
public struct RandomIDGenerator: MonitoringIDGenerator {
    /// Makes the generator; there is no state.
    public init() {}

    /// 128 random bits.
    public func makeTraceID() -> Monitor.TraceID {
        Monitor.TraceID(high: Self.bits(), low: Self.bits())
    }

    /// 64 random bits.
    public func makeSpanID() -> Monitor.SpanID { Monitor.SpanID(Self.bits()) }

    /// 64 random bits, not all zero.
    package static func bits() -> UInt64 {
        while true {
            let bits = monitoring_random_u64()
            if bits != 0 { return bits }
        }
    }
}
