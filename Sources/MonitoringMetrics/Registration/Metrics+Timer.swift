public import MonitoringCore

extension Metrics {
    /// A timer, in seconds.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - buckets: The buckets' upper bounds in seconds, ascending.
    /// - Returns: The instrument.
    public func timer(_ name: String, _ help: String, buckets: [Double] = HistogramBuckets.seconds) -> MetricTimer {
        MetricTimer(single(name, help, .histogram, bounds: buckets))
    }

    /// A timer, in seconds for each value of a label.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The label.
    ///   - buckets: The buckets' upper bounds in seconds, ascending.
    /// - Returns: The family.
    public func timer<A: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        buckets: [Double] = HistogramBuckets.seconds
    ) -> MetricFamily<MetricTimer, A> {
        MetricFamily(registry?.family(name, help, .histogram, [a.key], bounds: buckets))
    }

    /// A timer, in seconds for each set of values of two labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - buckets: The buckets' upper bounds in seconds, ascending.
    /// - Returns: The family.
    public func timer<A: Monitor.LabelValue, B: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        buckets: [Double] = HistogramBuckets.seconds
    ) -> MetricFamily<MetricTimer, (A, B)> {
        MetricFamily(registry?.family(name, help, .histogram, [a.key, b.key], bounds: buckets))
    }

    /// A timer, in seconds for each set of values of three labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - c: The third label.
    ///   - buckets: The buckets' upper bounds in seconds, ascending.
    /// - Returns: The family.
    public func timer<A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        _ c: Monitor.Label<C>,
        buckets: [Double] = HistogramBuckets.seconds
    ) -> MetricFamily<MetricTimer, (A, B, C)> {
        MetricFamily(registry?.family(name, help, .histogram, [a.key, b.key, c.key], bounds: buckets))
    }

    /// A timer, in seconds for each set of values of four labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - c: The third label.
    ///   - d: The fourth label.
    ///   - buckets: The buckets' upper bounds in seconds, ascending.
    /// - Returns: The family.
    public func timer<A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue, D: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        _ c: Monitor.Label<C>,
        _ d: Monitor.Label<D>,
        buckets: [Double] = HistogramBuckets.seconds
    ) -> MetricFamily<MetricTimer, (A, B, C, D)> {
        MetricFamily(registry?.family(name, help, .histogram, [a.key, b.key, c.key, d.key], bounds: buckets))
    }
}
