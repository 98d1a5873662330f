import MonitoringCore
import MonitoringMetrics
import MonitoringTesting

/// A monitor of a test's own with metrics on.
struct MetricsFixture {
    let telemetry: TestMonitor
    var monitor: Monitor { telemetry.monitor }
    var metrics: Metrics { monitor.metrics }

    init(
        _ environment: Monitor.Environment = [:],
        _ configure: @escaping @Sendable (inout MetricsConfiguration) -> Void = { _ in }
    ) async throws {
        telemetry = try await TestMonitor(.metrics(configure), environment: environment)
    }

    /// The problems of metrics, by code.
    var problems: [String] { monitor.problems.filter { $0.source == "metrics" }.map(\.code) }

    /// The page as a scrape gets it, read.
    func page() throws -> ParsedPage { try ParsedPage(metrics.text()) }
}
