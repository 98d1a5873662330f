import MonitoringCore

/// Runs of tools: `tool_…`, by the tool's name.
final class ToolMetrics: Sendable {
    private let anchors: MetricFamilyStorage
    private let names: NameBudget

    init(_ registry: MetricRegistry, _ names: NameBudget) {
        self.names = names
        let outcomes = registry.outcomes(
            "tool_calls_total", "tool_call_duration_seconds", of: "Runs of tools", by: ["tool"],
            bounds: HistogramBuckets.modelSeconds)
        anchors = registry.table(["tool"]) { OutcomeAnchor(outcomes, text: $0, hash: $1) }
    }

    func started(_ record: Monitor.Record) -> Anchor? {
        let tool = record[Monitor.Label<String>.toolName] ?? ObservedLabel.unknown
        return (anchors.existing(LabelValues(tool)) ?? anchors.series(LabelValues(names.admit(tool)))) as? Anchor
    }
}
