import MonitoringCore
import Synchronization

/// What metrics want to know of an operation that ended, read in one go.
struct EndFacts: Sendable {
    var anchor: (any AnyObject & Sendable)?
    var outcome = Monitor.Outcome.success
    var failureType: String?
    var seconds = 0.0
    /// What the operation itself used, without its children.
    var usage = TokenUsage()
    var route: String?
    var status: Int64?
    var model: String?
    var cacheHit: Bool?
    var cacheSize: Int64?
    var requestSize: Int64?
    var responseSize: Int64?
    var secondsToFirstToken: Double?

    init(_ record: Monitor.Record) {
        record.state.withLock { state in
            anchor = state.metricSeries
            state.metricSeries = nil
            outcome = state.outcome
            failureType = state.failure?.type
            let end = state.endMonotonic ?? record.startMonotonic
            seconds = Double(end &- min(record.startMonotonic, end)) / 1e9
            if state.usesTokens {
                usage = TokenUsage(state.attributes)
                if record.kind == .agent { usage.subtract(state.childUsage) }
            }
            for attribute in state.attributes { read(attribute) }
        }
    }

    private mutating func read(_ attribute: Monitor.Attribute) {
        switch (attribute.key, attribute.value) {
        case (Monitor.Label<String>.httpRoute.key, .string(let value)): route = value
        case (Monitor.Label<Int>.responseStatus.key, .int(let value)): status = value
        case (Monitor.Label<String>.requestModel.key, .string(let value)): model = value
        case (Monitor.Label<Bool>.cacheHit.key, .bool(let value)): cacheHit = value
        case (Monitor.Detail<Int>.cacheSize.key, .int(let value)): cacheSize = value
        case (Monitor.Detail<Int>.requestBodySize.key, .int(let value)): requestSize = value
        case (Monitor.Detail<Int>.responseBodySize.key, .int(let value)): responseSize = value
        case (Monitor.Detail<Double>.timeToFirstChunk.key, .double(let value)): secondsToFirstToken = value
        default: break
        }
    }
}

extension TokenUsage {
    /// Takes away what others used, and stays at nothing rather than below.
    mutating func subtract(_ other: TokenUsage) {
        input = max(input - other.input, 0)
        output = max(output - other.output, 0)
        cacheRead = max(cacheRead - other.cacheRead, 0)
        cacheWrite = max(cacheWrite - other.cacheWrite, 0)
        reasoning = max(reasoning - other.reasoning, 0)
    }
}
