import MonitoringCore

/// Calls of models: `llm_…`, by provider and model.
final class ModelMetrics: Sendable {
    fileprivate struct Families: Sendable {
        let outcomes: OutcomeFamilies
        let inProgress: MetricFamilyStorage
        let errors: MetricFamilyStorage
        let tokens: MetricFamilyStorage
        let firstToken: MetricFamilyStorage
    }

    private let anchors: MetricFamilyStorage
    private let names: NameBudget

    init(_ registry: MetricRegistry, _ names: NameBudget) {
        self.names = names
        let labels = ["provider", "model"]
        let families = Families(
            outcomes: registry.outcomes(
                "llm_requests_total", "llm_request_duration_seconds", of: "Calls of models", by: labels,
                bounds: HistogramBuckets.modelSeconds),
            inProgress: registry.observed(
                "llm_requests_in_progress", "Calls of models that are under way.", .upDownCounter, labels),
            errors: registry.observed(
                "llm_errors_total", "Calls of models that failed.", .counter, labels + ["error_type"]),
            tokens: registry.observed(
                "llm_tokens_total", "Tokens of models, each counted under one type.", .counter, labels + ["type"]),
            firstToken: registry.observed(
                "llm_time_to_first_token_seconds", "How long the first piece of a streamed answer took, in seconds.",
                .histogram, labels, bounds: HistogramBuckets.firstTokenSeconds)
        )
        anchors = registry.table(labels) { ModelAnchor(families, text: $0, hash: $1) }
    }

    func started(_ record: Monitor.Record) -> Anchor? {
        let provider = record[Monitor.Label<String>.genAIProvider] ?? ObservedLabel.unknown
        let model = record[Monitor.Label<String>.requestModel] ?? ObservedLabel.unknown
        let found =
            anchors.existing(LabelValues(provider, model))
            ?? anchors.series(LabelValues(provider, names.admit(model)))
        let anchor = found as? ModelAnchor
        anchor?.inProgress.add(1)
        return anchor
    }

    func ended(_ facts: EndFacts) {
        guard let anchor = facts.anchor as? ModelAnchor else { return }
        anchor.inProgress.add(-1)
        anchor.count(facts)
    }
}

/// The series of one provider and model.
private final class ModelAnchor: ProgressAnchor, @unchecked Sendable {
    private let families: ModelMetrics.Families
    private let tokens = TokenCounters()
    private let firstToken = LazySeries<HistogramSeries>()

    init(_ families: ModelMetrics.Families, text: consuming LabelText, hash: UInt64) {
        self.families = families
        super.init(families.outcomes, families.inProgress, text: text, hash: hash)
    }

    func count(_ facts: EndFacts) {
        count(facts.outcome, seconds: facts.seconds)
        if facts.outcome == .error { number(of: families.errors, facts.failureType ?? "_OTHER").add(1) }
        if !facts.usage.isEmpty { tokens.count(facts.usage) { number(of: families.tokens, $0) } }
        if let seconds = facts.secondsToFirstToken {
            firstToken.get { histogram(of: families.firstToken) }.observe(seconds)
        }
    }
}
