import MonitoringCore

/// The families of one kind of operation that ends with an outcome: how often, and how long.
struct OutcomeFamilies: Sendable {
    let total: MetricFamilyStorage
    let duration: MetricFamilyStorage
}

extension MetricRegistry {
    /// A family of the layer's own, whose labels' values come from operations and are redacted already.
    func observed(
        _ name: String,
        _ help: String,
        _ kind: MetricKind,
        _ labels: [String],
        bounds: [Double] = [],
        fixedCount: Int = 0
    ) -> MetricFamilyStorage {
        let keys = labels.map { Monitor.AttributeKey($0, .enumerated, isLabel: true) }
        return family(name, help, kind, keys, bounds: bounds, fixedCount: fixedCount)
    }

    /// How often and how long, by labels and `status`.
    func outcomes(
        _ total: String,
        _ duration: String,
        of what: String,
        by labels: [String],
        bounds: [Double]
    ) -> OutcomeFamilies {
        let labels = labels + ["status"]
        return OutcomeFamilies(
            total: observed(total, "\(what) that ended.", .counter, labels),
            duration: observed(
                duration, "How long \(what.lowercased()) took, in seconds.", .histogram, labels, bounds: bounds)
        )
    }
}
