public import MonitoringCore

/// One metric with labels: an instrument for each set of label values.
///
/// ```swift
/// let calls = monitor.metrics.counter("api_calls_total", "API calls.", labels: "endpoint", .responseStatus)
/// calls["/seal", 200].increment()
/// ```
///
/// Looking an instrument up hashes and compares the values; on a hot path with values that do not change, keep the
/// instrument. Values pass redaction, and those over 256 bytes are cut. A family has a limited number of series
/// (`METRICS_CARDINALITY_LIMIT`); what is beyond goes to one that stands for all the others, and that is told once.
public struct MetricFamily<Instrument: MetricInstrument, Labels>: Sendable {
    @usableFromInline let family: MetricFamilyStorage?

    init(_ family: MetricFamilyStorage?) { self.family = family }
}

extension MetricFamily where Labels: Monitor.LabelValue {
    /// The instrument for a label's value.
    @inlinable
    public subscript(_ value: Labels) -> Instrument {
        guard let family else { return Instrument(MetricHandle(nil)) }
        return Instrument(family.handle(LabelValues(value.metricText)))
    }
}

extension MetricFamily {
    /// The instrument for two labels' values.
    @inlinable
    public subscript<A: Monitor.LabelValue, B: Monitor.LabelValue>(_ a: A, _ b: B) -> Instrument
    where Labels == (A, B) {
        guard let family else { return Instrument(MetricHandle(nil)) }
        return Instrument(family.handle(LabelValues(a.metricText, b.metricText)))
    }

    /// The instrument for three labels' values.
    @inlinable
    public subscript<A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue>(
        _ a: A, _ b: B, _ c: C
    ) -> Instrument where Labels == (A, B, C) {
        guard let family else { return Instrument(MetricHandle(nil)) }
        return Instrument(family.handle(LabelValues(a.metricText, b.metricText, c.metricText)))
    }

    /// The instrument for four labels' values.
    @inlinable
    public subscript<
        A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue, D: Monitor.LabelValue
    >(_ a: A, _ b: B, _ c: C, _ d: D) -> Instrument where Labels == (A, B, C, D) {
        guard let family else { return Instrument(MetricHandle(nil)) }
        return Instrument(family.handle(LabelValues(a.metricText, b.metricText, c.metricText, d.metricText)))
    }
}

extension Monitor.LabelValue {
    /// The value as a metric's label shows it.
    @inlinable var metricText: String {
        if case .string(let text) = monitorValue { return text }
        return monitorValue.description
    }
}
