public import MonitoringCore

extension Metrics {
    /// A gauge whose number is read from the host at every scrape.
    ///
    /// The closure runs on a thread of the layer's own and must answer at once: one that does not return is told as a
    /// problem, and costs its number and those that come after it until it does. Registered again with the same labels, the
    /// later closure counts.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - help: What it is, in one sentence.
    ///   - labels: At most four labels and their values; of several gauges with one name all must have the same labels.
    ///   - read: Tells the number.
    public func gauge(
        _ name: String,
        _ help: String,
        _ labels: Monitor.Attributes = [:],
        read: @escaping @Sendable () -> Double
    ) {
        guard let registry else { return }
        let entries = Array(labels.entries.prefix(LabelValues.limit))
        let keys = entries.map(\.key)
        let values = LabelValues(entries.map(\.value.description))
        registry.family(name, help, .reading, keys).read(values, from: read)
    }

    /// A pool of connections: `db_connection_pool_size`, `db_connection_pool_available` and `db_connections_active`, read from
    /// the host at every scrape.
    ///
    /// - Parameters:
    ///   - name: Which pool.
    ///   - size: Tells how many connections it has.
    ///   - available: Tells how many of them are free.
    public func pool(
        _ name: String,
        size: @escaping @Sendable () -> Int,
        available: @escaping @Sendable () -> Int
    ) {
        let labels: Monitor.Attributes = ["pool": name]
        gauge("db_connection_pool_size", "Connections that the pool has.", labels) { Double(size()) }
        gauge("db_connection_pool_available", "Connections of the pool that are free.", labels) { Double(available()) }
        gauge("db_connections_active", "Connections of the pool that are in use.", labels) {
            Double(size()) - Double(available())
        }
    }

    /// Everything in Prometheus' text format 0.0.4, as a scrape gets it; empty where metrics are off.
    ///
    /// Costs as much as a scrape: for tests and for hosts that push.
    public func text() -> String {
        guard let page = page() else { return "" }
        let exposition = TextExposition(page)
        var bytes: [UInt8] = []
        while let piece = exposition.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a metric is worth now: the sum of its series that have the labels.
    ///
    /// Walks the metric's series: for tests and for pages, not for hot paths.
    ///
    /// - Parameters:
    ///   - name: The name of a sample: a counter's with or without `_total`, a histogram's with `_count` or `_sum`.
    ///   - labels: The labels, and their values, that a series must have to count.
    /// - Returns: The sum; `nil` when there is no such series.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        guard let page = page() else { return nil }
        return MetricSum(name: name, labels: labels).value(in: page)
    }

    /// How many series each metric has, those closest to their limit first.
    public var cardinality: [MetricCardinality] {
        (registry?.families ?? []).map(MetricCardinality.init).filter { $0.seriesCount > 0 }.sorted {
            ($0.share, $1.metric) > ($1.share, $0.metric)
        }
    }

    private func page() -> MetricsPage? { plugin?.makePage() }
}
