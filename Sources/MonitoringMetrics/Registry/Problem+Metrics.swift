import MonitoringCore

extension Monitor.Problem {
    /// A family that cannot be exposed beside another.
    static func conflict(_ new: FamilyDescriptor, with known: FamilyDescriptor) -> Self {
        Self(
            source: "metrics",
            code: "conflict",
            subject: new.name,
            message: "\(new.name) is registered as \(new.summary), but \(known.name) is \(known.summary) already; "
                + "what is counted by the later one is not exposed",
            fix: "give it another name, or register both alike",
            severity: .notice
        )
    }

    /// A family with more label values than it may have.
    static func overflow(of family: MetricFamilyStorage) -> Self {
        let counts = zip(family.descriptor.labelNames, family.distinctValues).sorted { $0.1 > $1.1 }
        let worst = counts.prefix(3).map { "\($0.0) has \($0.1) values" }.joined(separator: ", ")
        return Self(
            source: "metrics",
            code: "cardinality",
            subject: family.descriptor.name,
            message: "\(family.descriptor.name) has reached its limit of \(family.limit) series (\(worst)); "
                + #"what is new is counted under otel_metric_overflow="true""#,
            fix: "give the label fewer values, or raise METRICS_CARDINALITY_LIMIT"
        )
    }

    /// Buckets of which some are none.
    static func badBuckets(of name: String, _ bounds: [Double]) -> Self {
        let shown = bounds.prefix(20).map { "\($0)" }.joined(separator: ", ")
        return Self(
            source: "metrics",
            code: "invalid-value",
            subject: name,
            message: "the buckets of \(name) are [\(shown)]; they must be finite, ascending, each once, "
                + "and at most \(HistogramBuckets.limit)",
            fix: "write them in order; those that are sound are used"
        )
    }
}

extension FamilyDescriptor {
    /// What it is, in words.
    fileprivate var summary: String {
        "a \(kind.rawValue) " + (labelNames.isEmpty ? "without labels" : "by " + labelNames.joined(separator: ", "))
    }
}
