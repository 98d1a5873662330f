import Foundation
import MonitoringCore

/// One ended operation as the ledger has it.
struct LedgerLine: Sendable, Hashable {
    var traceID: String
    var spanID: String
    /// Nil for an operation that nobody called.
    var parentSpanID: String?
    var name: String
    var kind: String

    /// The line as JSON.
    ///
    /// - Returns: The bytes, without the line's end.
    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

extension LedgerLine {
    /// The line of an operation.
    init(_ operation: Monitor.Record) {
        self.init(
            traceID: operation.trace.traceID.description,
            spanID: operation.trace.spanID.description,
            parentSpanID: operation.parentSpanID?.description,
            name: operation.name,
            kind: String(describing: operation.spanKind)
        )
    }
}

extension LedgerLine: Encodable {
    private enum Keys: String, CodingKey {
        case traceID = "trace_id"
        case spanID = "span_id"
        case parentSpanID = "parent_span_id"
        case name
        case kind
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Keys.self)
        try values.encode(traceID, forKey: .traceID)
        try values.encode(spanID, forKey: .spanID)
        try values.encode(parentSpanID, forKey: .parentSpanID)
        try values.encode(name, forKey: .name)
        try values.encode(kind, forKey: .kind)
    }
}
