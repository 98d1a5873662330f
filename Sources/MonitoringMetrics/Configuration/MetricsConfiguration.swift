public import MonitoringCore

/// The settings of metrics.
public struct MetricsConfiguration: MonitoringConfiguration {
    /// What is put before every family's name, with an underscore between; empty for nothing.
    public var namespace = ""
    /// The most series that a family has; what is beyond is counted together.
    public var cardinalityLimit = 2000
    /// Buckets of histograms that differ from the defaults, by the family's name without the namespace.
    ///
    /// `["llm_request_duration_seconds": [0.5, 1, 2, 5, 10, 30]]`
    public var buckets: [String: [Double]] = [:]
    /// The models that the host uses: they keep their names in labels however many others are named.
    public var models: Set<String> = []
    /// The tools that the host has: they keep their names in labels however many others are named.
    public var tools: Set<String> = []
    /// How many models, and how many tools, that the host did not declare keep their names; the rest becomes `other`.
    ///
    /// Models make up names of tools, and users may choose models.
    public var undeclaredLimit = 50

    /// The documented defaults.
    public init() {}

    /// The variables that are read.
    public static var variables: [Monitor.Variable] { [.metricsNamespace, .metricsCardinalityLimit] }

    /// Takes over what the environment says.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - report: Called once a bad value, which leaves the setting as it is.
    public mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        if let text = environment.string(.metricsNamespace, report: report) { takeNamespace(text, report) }
        if let limit = environment.integer(.metricsCardinalityLimit, in: 1...1_000_000, report: report) {
            cardinalityLimit = limit
        }
    }

    private mutating func takeNamespace(_ text: String, _ report: (Monitor.Problem) -> Void) {
        let valid = MetricName.namespace(text)
        namespace = valid
        guard valid != text else { return }
        report(
            Monitor.Problem(
                source: "environment",
                code: "invalid-value",
                subject: Monitor.Variable.metricsNamespace.name,
                message:
                    "METRICS_NAMESPACE is not the beginning of a metric's name (allowed: letters, digits and single "
                    + "underscores between them, no digit first), it is taken as \(valid.isEmpty ? "nothing" : valid)",
                fix: valid.isEmpty ? "unset METRICS_NAMESPACE" : "set METRICS_NAMESPACE=\(valid)"
            )
        )
    }
}
