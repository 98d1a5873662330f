import MonitoringCore
import MonitoringExport
import Synchronization
import Testing

/// An operation that ended, and what the encoder makes of it.
struct EncodedSpan {
    static let start: UInt64 = 1_800_000_000_000_000_001

    var attributes: [Monitor.Attribute] = []
    var events: [Monitor.Event] = []
    var links: [Monitor.Link] = []
    var name = Monitor.OperationName("chat", "m")
    var kind = Monitor.SpanKind.client
    var trace = Monitor.TraceContext(
        traceID: Monitor.TraceID(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210),
        spanID: Monitor.SpanID(0x00f0_67aa_0ba9_02b7),
        flags: [.sampled, .random]
    )
    var parent: Monitor.SpanID?
    var parentIsRemote = false
    var outcome = Monitor.Outcome.success
    var failure: Monitor.Failure?
    var dropped = (attributes: 0, events: 0, links: 0)
    var duration: UInt64 = 5

    var record: Monitor.Record {
        let record = Monitor.Record(
            kind: .model,
            name: name,
            spanKind: kind,
            trace: trace,
            parentSpanID: parent,
            parentIsRemote: parentIsRemote,
            startUnixNanoseconds: Self.start,
            startMonotonic: 100,
            attributes: attributes
        )
        record.state.withLock { state in
            state.events = events
            state.links = links
            (state.droppedAttributes, state.droppedEvents, state.droppedLinks) = dropped
            state.outcome = outcome
            state.failure = failure
            state.endMonotonic = 100 + duration
        }
        return record
    }

    func bytes(limit: Int = 1 << 20) -> [UInt8]? {
        unsafe OTLPSpanEncoder(limit: limit).encode(record) { unsafe Array($0) }
    }

    func json(limit: Int = 1 << 20) throws -> JSONValue {
        try JSONValue(parsing: #require(bytes(limit: limit)))
    }

    /// What the encoder makes of a value.
    static func json(of value: Monitor.Value) throws -> JSONValue {
        try #require(EncodedSpan(attributes: [attribute("key", value)]).json()["attributes"]?.attribute("key"))
    }

    static func attribute(_ name: String, _ value: Monitor.Value) -> Monitor.Attribute {
        Monitor.Attribute(Monitor.AttributeKey(name, .open, isLabel: false), value)
    }
}
