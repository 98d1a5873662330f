import MonitoringCore

/// Operations of the host's own kinds, and of those kinds that have no families of their own: `operations_total`, by kind and
/// name.
final class CustomMetrics: Sendable {
    private let anchors: MetricFamilyStorage

    init(_ registry: MetricRegistry) {
        let outcomes = registry.outcomes(
            "operations_total", "operation_duration_seconds", of: "Other operations", by: ["kind", "name"],
            bounds: HistogramBuckets.httpSeconds)
        anchors = registry.table(["kind", "name"]) { OutcomeAnchor(outcomes, text: $0, hash: $1) }
    }

    func started(_ record: Monitor.Record) -> Anchor? {
        let name = record.nameParts
        let values =
            switch record.kind {
            case .custom:
                LabelValues(record[Monitor.Label<String>.operationKind] ?? name.verb, name.subject)
            case .retrieval: LabelValues("retrieval", name.subject)
            case .mcp: LabelValues("mcp", name.description)
            case .httpClient: LabelValues("http_client", name.description)
            default: LabelValues("other", name.verb)
            }
        return anchors.series(values) as? Anchor
    }
}
