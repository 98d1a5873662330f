import MonitoringCore
import Synchronization

/// Makes metrics of operations: by kind, and what is the same for all.
final class OperationMetrics: Sendable {
    private let http: HTTPServerMetrics
    private let agents: AgentMetrics
    private let models: ModelMetrics
    private let tools: ToolMetrics
    private let databases: DatabaseMetrics
    private let caches: CacheMetrics
    private let externals: ExternalMetrics
    private let customs: CustomMetrics
    private let spans: SpanMetrics
    private let errors: MetricFamilyStorage
    private let agentTokens: MetricFamilyStorage
    private let modelNames: NameBudget

    init(_ registry: MetricRegistry, _ configuration: MetricsConfiguration) {
        let modelNames = NameBudget(declared: configuration.models, limit: configuration.undeclaredLimit)
        self.modelNames = modelNames
        http = HTTPServerMetrics(registry)
        agents = AgentMetrics(registry)
        models = ModelMetrics(registry, modelNames)
        tools = ToolMetrics(
            registry, NameBudget(declared: configuration.tools, limit: configuration.undeclaredLimit))
        databases = DatabaseMetrics(registry)
        caches = CacheMetrics(registry)
        externals = ExternalMetrics(registry)
        customs = CustomMetrics(registry)
        spans = SpanMetrics(registry)
        errors = registry.observed(
            "errors_total", "Requests and other roots that failed, and errors captured by hand.", .counter,
            ["type", "operation"])
        let tokens = registry.observed(
            "agent_tokens_used_total", "Tokens used within agents, counted at the innermost one.", .counter,
            ["agent", "model", "type"])
        agentTokens = registry.table(["agent", "model"]) { AgentTokenAnchor(tokens, text: $0, hash: $1) }
    }

    func started(_ record: Monitor.Record) {
        spans.started(record)
        let anchor: Anchor? =
            switch record.kind {
            case .httpServer: http.started(record)
            case .agent: agents.started(record)
            case .model: models.started(record)
            case .tool: tools.started(record)
            case .database: databases.started(record)
            case .cache: caches.started(record)
            case .external: externals.started(record)
            default: customs.started(record)
            }
        record.state.withLock { $0.metricSeries = anchor }
    }

    func ended(_ record: Monitor.Record) {
        let facts = EndFacts(record)
        spans.ended(record)
        switch record.kind {
        case .httpServer: http.ended(record, facts)
        case .agent: agents.ended(facts)
        case .model: models.ended(facts)
        case .database: databases.ended(facts)
        case .cache: caches.ended(facts)
        default: (facts.anchor as? OutcomeAnchor)?.count(facts.outcome, seconds: facts.seconds)
        }
        countTokens(record, facts)
        let isRoot = record.parentSpanID == nil || record.parentIsRemote
        if isRoot, facts.outcome == .error { countError(facts.failureType ?? "_OTHER", in: record) }
    }

    /// Counts what was captured by hand, if it is an error.
    func captured(_ capture: Monitor.Capture) {
        guard capture.level >= .error else { return }
        switch capture.subject {
        case .error(_, let type, _): countError(type, in: capture.operation)
        case .message: countError("message", in: capture.operation)
        }
    }

    private func countTokens(_ record: Monitor.Record, _ facts: EndFacts) {
        guard !facts.usage.isEmpty, let agent = record.agent else { return }
        let model = facts.model ?? ObservedLabel.unknown
        let found =
            agentTokens.existing(LabelValues(agent, model))
            ?? agentTokens.series(LabelValues(agent, facts.model.map(modelNames.admit) ?? model))
        (found as? AgentTokenAnchor)?.count(facts.usage)
    }

    private func countError(_ type: String, in record: Monitor.Record?) {
        errors.number(LabelValues(type, record?.name ?? "none")).add(1)
    }
}
