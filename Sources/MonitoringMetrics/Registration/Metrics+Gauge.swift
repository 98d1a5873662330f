public import MonitoringCore

extension Metrics {
    /// A gauge.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it is, in one sentence.
    /// - Returns: The instrument.
    public func gauge(_ name: String, _ help: String) -> MetricGauge {
        MetricGauge(single(name, help, .gauge))
    }

    /// A gauge for each value of a label.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it is, in one sentence.
    ///   - a: The label.
    /// - Returns: The family.
    public func gauge<A: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>
    ) -> MetricFamily<MetricGauge, A> {
        MetricFamily(registry?.family(name, help, .gauge, [a.key]))
    }

    /// A gauge for each set of values of two labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it is, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    /// - Returns: The family.
    public func gauge<A: Monitor.LabelValue, B: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>
    ) -> MetricFamily<MetricGauge, (A, B)> {
        MetricFamily(registry?.family(name, help, .gauge, [a.key, b.key]))
    }

    /// A gauge for each set of values of three labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it is, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - c: The third label.
    /// - Returns: The family.
    public func gauge<A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        _ c: Monitor.Label<C>
    ) -> MetricFamily<MetricGauge, (A, B, C)> {
        MetricFamily(registry?.family(name, help, .gauge, [a.key, b.key, c.key]))
    }

    /// A gauge for each set of values of four labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it is, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - c: The third label.
    ///   - d: The fourth label.
    /// - Returns: The family.
    public func gauge<A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue, D: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        _ c: Monitor.Label<C>,
        _ d: Monitor.Label<D>
    ) -> MetricFamily<MetricGauge, (A, B, C, D)> {
        MetricFamily(registry?.family(name, help, .gauge, [a.key, b.key, c.key, d.key]))
    }
}
