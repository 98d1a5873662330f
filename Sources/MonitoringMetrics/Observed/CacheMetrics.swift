import MonitoringCore

/// Accesses to caches: `cache_…`, by cache, operation and result.
final class CacheMetrics: Sendable {
    private static let hit = "hit"
    private static let miss = "miss"

    private let operations: MetricFamilyStorage
    private let size: MetricFamilyStorage
    private let rateName: String
    private let anchors: MetricFamilyStorage

    init(_ registry: MetricRegistry) {
        let operations = registry.observed(
            "cache_operations_total", "Accesses to caches; a look-up is a hit or a miss.", .counter,
            ["cache", "operation", "result"])
        let size = registry.observed("cache_size", "How much caches hold, as they said last.", .gauge, ["cache"])
        self.operations = operations
        self.size = size
        rateName = registry.exposedName("cache_hit_rate", .gauge)
        anchors = registry.table(["cache", "operation"]) { CacheAnchor(operations, size, text: $0, hash: $1) }
        registry.collect { [self] in [hitRates] }
    }

    func started(_ record: Monitor.Record) -> Anchor? {
        let values = LabelValues(
            record[Monitor.Label<String>.cacheName] ?? ObservedLabel.unknown,
            record[Monitor.Label<String>.cacheOperation] ?? ObservedLabel.unknown
        )
        return anchors.series(values) as? Anchor
    }

    func ended(_ facts: EndFacts) {
        guard let anchor = facts.anchor as? CacheAnchor else { return }
        switch (facts.outcome, facts.cacheHit) {
        case (.success, true?): anchor.count(Self.hit)
        case (.success, false?): anchor.count(Self.miss)
        case (let outcome, _): anchor.count(outcome.rawValue)
        }
        if let size = facts.cacheSize { anchor.set(size: size) }
    }

    /// Hits over look-ups since the start, of each cache that was looked into.
    private var hitRates: CollectedFamily {
        var counts: [String: (hits: Double, lookups: Double)] = [:]
        for case let series as NumberSeries in operations.snapshot {
            let labels = series.text.pairs.map(\.value)
            guard labels.count == 3, [Self.hit, Self.miss].contains(labels[2]) else { continue }
            let count = series.number.double
            counts[labels[0], default: (0, 0)].lookups += count
            if labels[2] == Self.hit { counts[labels[0], default: (0, 0)].hits += count }
        }
        var family = CollectedFamily(rateName, "Hits over look-ups since the start.", .gauge)
        for (cache, count) in counts.sorted(by: { $0.key < $1.key }) where count.lookups > 0 {
            family.samples.append(
                CollectedFamily.Sample(labels: [("cache", cache)], value: .real(count.hits / count.lookups)))
        }
        return family
    }
}

/// The series of one cache and operation.
private final class CacheAnchor: Anchor, @unchecked Sendable {
    private let operations: MetricFamilyStorage
    private let size: MetricFamilyStorage

    init(
        _ operations: MetricFamilyStorage,
        _ size: MetricFamilyStorage,
        text: consuming LabelText,
        hash: UInt64
    ) {
        self.operations = operations
        self.size = size
        super.init(text: text, hash: hash)
    }

    func count(_ result: String) { number(of: operations, result).add(1) }

    func set(size count: Int64) {
        guard let cache = values?.first else { return }
        size.number(LabelValues(cache)).set(Double(count))
    }
}
