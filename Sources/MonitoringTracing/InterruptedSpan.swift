import MonitoringCore
import MonitoringExport
import Synchronization

/// The spans of operations that an earlier process did not end: their real ids, times and names, marked
/// `monitoring.interrupted=true`.
enum InterruptedSpan {
    private static let mark = Monitor.Detail<Bool>(name: "monitoring.interrupted")
    private static let type = "interrupted"

    /// The encoded spans of what was sampled; they end with the process's last sign of life.
    static func encode(_ flight: FlightLog, with encoder: OTLPSpanEncoder) -> [[UInt8]] {
        flight.operations.compactMap { operation in
            guard operation.trace.isSampled else { return nil }
            let record = record(of: operation, end: flight.lastSeenUnixNanoseconds)
            return unsafe encoder.encode(record) { bytes in unsafe Array(bytes) }
        }
    }

    private static func record(of operation: Monitor.CrashReport.Operation, end: UInt64) -> Monitor.Record {
        var attributes = [
            Monitor.Attribute(mark.key, .bool(true)),
            Monitor.Attribute(Monitor.Label<String>.errorType.key, .string(type)),
        ]
        if let agent = operation.agent {
            attributes.append(Monitor.Attribute(Monitor.Label<String>.agentName.key, .string(agent)))
        }
        let record = Monitor.Record(
            kind: operation.kind,
            name: operation.name,
            spanKind: operation.spanKind,
            trace: operation.trace,
            parentSpanID: operation.parentSpanID,
            parentIsRemote: operation.parentIsRemote,
            startUnixNanoseconds: operation.startUnixNanoseconds,
            attributes: attributes
        )
        record.state.withLock { state in
            state.outcome = .error
            state.failure = Monitor.Failure(
                type: type, message: "the process ended before the operation did", error: nil, surfacedHere: true)
            state.endMonotonic = end - min(end, operation.startUnixNanoseconds)
        }
        return record
    }
}
