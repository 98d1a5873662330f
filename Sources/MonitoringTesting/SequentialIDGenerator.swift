public import MonitoringCore
import Synchronization

/// Ids that count from 1, so that a test knows them beforehand.
public final class SequentialIDGenerator: MonitoringIDGenerator {
    private let traces = Atomic<UInt64>(0)
    private let spans = Atomic<UInt64>(0)

    /// Makes a generator whose first ids are 1.
    public init() {}

    /// The next trace id.
    public func makeTraceID() -> Monitor.TraceID {
        Monitor.TraceID(high: 0, low: traces.wrappingAdd(1, ordering: .relaxed).newValue)
    }

    /// The next span id.
    public func makeSpanID() -> Monitor.SpanID {
        Monitor.SpanID(spans.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
