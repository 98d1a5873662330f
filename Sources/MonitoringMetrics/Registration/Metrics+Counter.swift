public import MonitoringCore

extension Metrics {
    /// A counter.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    /// - Returns: The instrument.
    public func counter(_ name: String, _ help: String) -> MetricCounter {
        MetricCounter(single(name, help, .counter))
    }

    /// A counter for each value of a label.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The label.
    /// - Returns: The family.
    public func counter<A: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>
    ) -> MetricFamily<MetricCounter, A> {
        MetricFamily(registry?.family(name, help, .counter, [a.key]))
    }

    /// A counter for each set of values of two labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    /// - Returns: The family.
    public func counter<A: Monitor.LabelValue, B: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>
    ) -> MetricFamily<MetricCounter, (A, B)> {
        MetricFamily(registry?.family(name, help, .counter, [a.key, b.key]))
    }

    /// A counter for each set of values of three labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - c: The third label.
    /// - Returns: The family.
    public func counter<A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        _ c: Monitor.Label<C>
    ) -> MetricFamily<MetricCounter, (A, B, C)> {
        MetricFamily(registry?.family(name, help, .counter, [a.key, b.key, c.key]))
    }

    /// A counter for each set of values of four labels.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it counts, in one sentence.
    ///   - a: The first label.
    ///   - b: The second label.
    ///   - c: The third label.
    ///   - d: The fourth label.
    /// - Returns: The family.
    public func counter<A: Monitor.LabelValue, B: Monitor.LabelValue, C: Monitor.LabelValue, D: Monitor.LabelValue>(
        _ name: String,
        _ help: String,
        labels a: Monitor.Label<A>,
        _ b: Monitor.Label<B>,
        _ c: Monitor.Label<C>,
        _ d: Monitor.Label<D>
    ) -> MetricFamily<MetricCounter, (A, B, C, D)> {
        MetricFamily(registry?.family(name, help, .counter, [a.key, b.key, c.key, d.key]))
    }
}
