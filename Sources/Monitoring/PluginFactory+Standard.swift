public import MonitoringCore
internal import MonitoringMetrics
internal import MonitoringServer
internal import MonitoringTracing

extension [Monitor.PluginFactory] {
    /// All plugins of this package, each switched by its flag: `Monitor.start(.standard)`.
    public static var standard: Self { [.metrics, .server, .tracing] }
}
