import MonitoringCore

/// The variables of metrics.
extension Monitor.Variable {
    static let metricsNamespace = Self(
        "METRICS_NAMESPACE",
        meaning: "What is put before every metric's name, with an underscore between",
        allowed: "letters, digits and underscores"
    )
    static let metricsCardinalityLimit = Self(
        "METRICS_CARDINALITY_LIMIT",
        default: "2000",
        meaning: "The most series that a metric has; what is beyond is counted together",
        allowed: "1 to 1000000"
    )
}
