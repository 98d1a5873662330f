public import MonitoringCore

extension Metrics {
    /// An up-down counter.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    /// - Returns: The instrument.
    public func upDownCounter(_ name: String, _ help: String) -> MetricUpDownCounter {
        MetricUpDownCounter(single(name, help, .upDownCounter))
    }

    /// An up-down counter for each value of a label.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The label.
    /// - Returns: The family.
    public func upDownCounter<A: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>
    ) -> MetricFamily<MetricUpDownCounter, A> {
        MetricFamily(registry?.family(name, help, .upDownCounter, [a.key]))
    }

    /// An up-down counter for each set of values of two labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    /// - Returns: The family.
    public func upDownCounter<A: Monitor.LabelValue, B: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>
    ) -> MetricFamily<MetricUpDownCounter, (A, B)> {
        MetricFamily(registry?.family(name, help, .upDownCounter, [a.key, b.key]))
    }

    /// An up-down counter for each set of values of three labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - c: The third label.
    /// - Returns: The family.
    public func upDownCounter<A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        _ c: Monitor.Label<C>
    ) -> MetricFamily<MetricUpDownCounter, (A, B, C)> {
        MetricFamily(registry?.family(name, help, .upDownCounter, [a.key, b.key, c.key]))
    }

    /// An up-down counter for each set of values of four labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - c: The third label.
    ///   - d: The fourth label.
    /// - Returns: The family.
    public func upDownCounter<
        A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue, D: Monitor.LabelValue
    >(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        _ c: Monitor.Label<C>,
        _ d: Monitor.Label<D>
    ) -> MetricFamily<MetricUpDownCounter, (A, B, C, D)> {
        MetricFamily(registry?.family(name, help, .upDownCounter, [a.key, b.key, c.key, d.key]))
    }
}
