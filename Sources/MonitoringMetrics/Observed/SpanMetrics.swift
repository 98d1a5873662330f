import MonitoringCore

/// How many operations start and run, by OpenTelemetry's names for what an SDK tells of itself.
final class SpanMetrics: Sendable {
    private let started: [NumberSeries]
    private let live: NumberSeries

    init(_ registry: MetricRegistry) {
        let starts = registry.observed(
            "otel_sdk_span_started_total", "Operations that started, whether their trace is recorded or not.", .counter,
            ["otel_span_parent_origin", "otel_span_sampling_result"], fixedCount: 6)
        let lives = registry.observed(
            "otel_sdk_span_live", "Operations of recorded traces that run.", .upDownCounter,
            ["otel_span_sampling_result"], fixedCount: 1)
        started = ["none", "local", "remote"].flatMap { origin in
            ["DROP", "RECORD_AND_SAMPLE"].map { starts.number(LabelValues(origin, $0)) }
        }
        live = lives.number(LabelValues("RECORD_AND_SAMPLE"))
    }

    func started(_ record: Monitor.Record) {
        let origin = record.parentSpanID == nil ? 0 : record.parentIsRemote ? 2 : 1
        started[origin * 2 + (record.isSampled ? 1 : 0)].add(1)
        if record.isSampled { live.add(1) }
    }

    func ended(_ record: Monitor.Record) {
        if record.isSampled { live.add(-1) }
    }
}
