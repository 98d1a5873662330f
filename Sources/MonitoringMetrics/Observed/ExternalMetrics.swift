import MonitoringCore

/// Calls of other parties' services: `external_…`, by service.
final class ExternalMetrics: Sendable {
    private let anchors: MetricFamilyStorage

    init(_ registry: MetricRegistry) {
        let outcomes = registry.outcomes(
            "external_calls_total", "external_call_duration_seconds", of: "Calls of other services", by: ["service"],
            bounds: HistogramBuckets.httpSeconds)
        anchors = registry.table(["service"]) { OutcomeAnchor(outcomes, text: $0, hash: $1) }
    }

    func started(_ record: Monitor.Record) -> Anchor? {
        anchors.series(LabelValues(record[Monitor.Label<String>.externalService] ?? ObservedLabel.unknown)) as? Anchor
    }
}
