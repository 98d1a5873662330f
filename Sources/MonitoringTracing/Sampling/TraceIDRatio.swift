import MonitoringCore

/// A share of all trace ids, the same ones in every process that uses the official Python SDK's rule: those whose last
/// eight bytes, as a number, are below `ratio * 2^64`.
struct TraceIDRatio: Sendable {
    /// From 0 to 1.
    let ratio: Double
    /// Ids below are in; `nil` when all are.
    private let bound: UInt64?

    /// - Parameter ratio: Moved to the nearest of 0 to 1; what is no number is 1.
    init(_ ratio: Double) {
        self.ratio = ratio.isNaN ? 1 : min(max(ratio, 0), 1)
        bound = UInt64(exactly: (self.ratio * 0x1p64).rounded(.toNearestOrEven))
    }

    func contains(_ id: Monitor.TraceID) -> Bool { bound.map { id.low < $0 } ?? true }
}
