import MonitoringCore

/// Database queries: `db_…`, by operation, table and system.
final class DatabaseMetrics: Sendable {
    fileprivate struct Families: Sendable {
        let total: MetricFamilyStorage
        let duration: MetricFamilyStorage
        let errors: MetricFamilyStorage
    }

    private let anchors: MetricFamilyStorage

    init(_ registry: MetricRegistry) {
        let labels = ["query_type", "table", "system"]
        let families = Families(
            total: registry.observed("db_queries_total", "Database queries that ended.", .counter, labels),
            duration: registry.observed(
                "db_query_duration_seconds", "How long database queries took, in seconds.", .histogram, labels,
                bounds: HistogramBuckets.databaseSeconds),
            errors: registry.observed("db_errors_total", "Database queries that failed.", .counter, labels)
        )
        anchors = registry.table(labels) { DatabaseAnchor(families, text: $0, hash: $1) }
    }

    func started(_ record: Monitor.Record) -> Anchor? {
        let values = LabelValues(
            record[Monitor.Label<String>.databaseOperation] ?? ObservedLabel.unknown,
            record[Monitor.Label<String>.databaseCollection] ?? ObservedLabel.unknown,
            record[Monitor.Label<String>.databaseSystem] ?? ObservedLabel.unknown
        )
        return anchors.series(values) as? Anchor
    }

    func ended(_ facts: EndFacts) { (facts.anchor as? DatabaseAnchor)?.count(facts) }
}

/// The series of one operation, table and system.
private final class DatabaseAnchor: Anchor, @unchecked Sendable {
    private let families: DatabaseMetrics.Families
    private let total = LazySeries<NumberSeries>()
    private let duration = LazySeries<HistogramSeries>()
    private let errors = LazySeries<NumberSeries>()

    init(_ families: DatabaseMetrics.Families, text: consuming LabelText, hash: UInt64) {
        self.families = families
        super.init(text: text, hash: hash)
    }

    func count(_ facts: EndFacts) {
        total.get { number(of: families.total) }.add(1)
        duration.get { histogram(of: families.duration) }.observe(facts.seconds)
        if facts.outcome == .error { errors.get { number(of: families.errors) }.add(1) }
    }
}
