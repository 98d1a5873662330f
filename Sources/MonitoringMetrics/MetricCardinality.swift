/// How many series a metric has, and which of its labels make them.
public struct MetricCardinality: Sendable, Hashable {
    /// One label of a metric.
    public struct Label: Sendable, Hashable {
        /// The label's name.
        public let name: String
        /// How many different values it has.
        public let valueCount: Int
    }

    /// The metric's name as it is exposed.
    public let metric: String
    /// How many series it has.
    public let seriesCount: Int
    /// How many it may have.
    public let limit: Int
    /// Whether the limit was reached, so that what is new is counted together.
    public let isOverflowing: Bool
    /// Its labels, that with the most values first.
    public let labels: [Label]

    init(_ family: MetricFamilyStorage) {
        metric = family.descriptor.name
        seriesCount = family.count
        limit = family.limit
        isOverflowing = family.isOverflowing
        labels = zip(family.descriptor.labelNames, family.distinctValues)
            .map { Label(name: $0, valueCount: $1) }
            .sorted { ($0.valueCount, $1.name) > ($1.valueCount, $0.name) }
    }

    /// How much of what it may have it has.
    var share: Double { Double(seriesCount) / Double(limit) }
}
