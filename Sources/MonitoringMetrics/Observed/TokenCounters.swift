import MonitoringCore

/// Five counters of tokens, one a kind, disjoint: their sum is what is billed.
///
/// OpenTelemetry's counts include each other: the input those that were cached, the output those of reasoning. Here each
/// token is counted once.
struct TokenCounters: ~Copyable, Sendable {
    private let input = LazySeries<NumberSeries>()
    private let cacheRead = LazySeries<NumberSeries>()
    private let cacheWrite = LazySeries<NumberSeries>()
    private let output = LazySeries<NumberSeries>()
    private let reasoning = LazySeries<NumberSeries>()

    /// Counts what was used.
    ///
    /// - Parameters:
    ///   - usage: The counts as OpenTelemetry means them.
    ///   - find: Looks up the counter of a `type`.
    func count(_ usage: TokenUsage, _ find: (String) -> NumberSeries) {
        let cached = usage.cacheRead.addingReportingOverflow(usage.cacheWrite)
        let fresh = cached.overflow ? 0 : max(usage.input - cached.partialValue, 0)
        add(fresh, to: input, "input", find)
        add(usage.cacheRead, to: cacheRead, "cache_read", find)
        add(usage.cacheWrite, to: cacheWrite, "cache_write", find)
        add(max(usage.output - usage.reasoning, 0), to: output, "output", find)
        add(usage.reasoning, to: reasoning, "reasoning", find)
    }

    private func add(
        _ count: Int64,
        to counter: borrowing LazySeries<NumberSeries>,
        _ type: String,
        _ find: (String) -> NumberSeries
    ) {
        if count > 0 { counter.get { find(type) }.add(count) }
    }
}

/// The tokens of one agent and model.
final class AgentTokenAnchor: Anchor, @unchecked Sendable {
    private let family: MetricFamilyStorage
    private let counters = TokenCounters()

    init(_ family: MetricFamilyStorage, text: consuming LabelText, hash: UInt64) {
        self.family = family
        super.init(text: text, hash: hash)
    }

    func count(_ usage: TokenUsage) { counters.count(usage) { number(of: family, $0) } }
}
