import MonitoringCore

/// Invocations of agents: `agent_…`, by the agent's name.
final class AgentMetrics: Sendable {
    private let anchors: MetricFamilyStorage

    init(_ registry: MetricRegistry) {
        let outcomes = registry.outcomes(
            "agent_calls_total", "agent_call_duration_seconds", of: "Invocations of agents", by: ["agent"],
            bounds: HistogramBuckets.agentSeconds)
        let inProgress = registry.observed(
            "agent_calls_in_progress", "Agents that are at work.", .upDownCounter, ["agent"])
        anchors = registry.table(["agent"]) { ProgressAnchor(outcomes, inProgress, text: $0, hash: $1) }
    }

    func started(_ record: Monitor.Record) -> Anchor? {
        let anchor = anchors.series(LabelValues(record.agent ?? "")) as? ProgressAnchor
        anchor?.inProgress.add(1)
        return anchor
    }

    func ended(_ facts: EndFacts) {
        guard let anchor = facts.anchor as? ProgressAnchor else { return }
        anchor.inProgress.add(-1)
        anchor.count(facts.outcome, seconds: facts.seconds)
    }
}

/// An anchor of operations that are also counted while they run.
class ProgressAnchor: OutcomeAnchor, @unchecked Sendable {
    private let family: MetricFamilyStorage
    private let progress = LazySeries<NumberSeries>()

    init(_ families: OutcomeFamilies, _ inProgress: MetricFamilyStorage, text: consuming LabelText, hash: UInt64) {
        family = inProgress
        super.init(families, text: text, hash: hash)
    }

    var inProgress: NumberSeries { progress.get { number(of: family) } }
}
