import MonitoringCore

/// What the layer tells of itself: what became of what it produced, what is wrong, who the process is.
final class LayerMetrics: Sendable {
    private let context: Monitor.PluginContext
    private let collection: HistogramSeries

    init(_ registry: MetricRegistry, _ context: Monitor.PluginContext) {
        self.context = context
        collection =
            registry.observed(
                "otel_sdk_metric_reader_collection_duration_seconds",
                "How long it took to collect the metrics of a page, in seconds.", .histogram,
                ["otel_component_name", "otel_component_type"]
            )
            .histogram(LabelValues("prometheus_http_text_metric_exporter/0", "prometheus_http_text_metric_exporter"))
        let names = { @Sendable [weak registry] (name: String, kind: MetricKind) in
            registry?.exposedName(name, kind) ?? name
        }
        registry.collect { LedgerMetrics.families(context.monitor?.ledger ?? [], names) }
        registry.collect { ProcessIdentity.families(context.resource, names) }
        registry.collect { [weak registry] in
            guard let registry else { return [] }
            return [Self.problems(context, names), Self.series(registry, names)].flatMap(\.self)
        }
    }

    /// Makes a page, and notes how long that took.
    func timed(_ make: () -> MetricsPage) -> MetricsPage {
        let start = context.clock.monotonicNanoseconds
        defer {
            let end = context.clock.monotonicNanoseconds
            collection.observe(Double(end &- min(start, end)) / 1e9)
        }
        return make()
    }

    private static func problems(
        _ context: Monitor.PluginContext,
        _ name: (String, MetricKind) -> String
    ) -> [CollectedFamily] {
        var counts: [[String]: Int] = [:]
        for (problem, count) in zip(context.diagnostics.problems, context.diagnostics.occurrences) {
            counts[[problem.source, problem.code], default: 0] += count
        }
        var family = CollectedFamily(
            name("monitoring_problems_total", .counter), "Problems of the monitoring itself, as often as they came.",
            .counter)
        for (labels, count) in counts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            family.add([("source", labels[0]), ("code", labels[1])], count)
        }
        return [family]
    }

    private static func series(
        _ registry: MetricRegistry,
        _ name: (String, MetricKind) -> String
    ) -> [CollectedFamily] {
        let families = registry.families
        var total = CollectedFamily(name("monitoring_metric_series", .gauge), "Series of all metrics.", .gauge)
        total.add([], families.reduce(0) { $0 + $1.count })
        var overflowing = CollectedFamily(
            name("monitoring_metric_overflowing", .gauge), "Metrics that have reached their limit of series.", .gauge)
        overflowing.add([], families.count { $0.isOverflowing })
        return [total, overflowing]
    }
}
