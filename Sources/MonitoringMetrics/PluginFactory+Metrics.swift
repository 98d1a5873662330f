public import MonitoringCore

extension Monitor.PluginFactory {
    /// Metrics of operations and of the host's own, for Prometheus to scrape.
    ///
    /// On unless `ENABLE_METRICS=false`.
    public static var metrics: Self { makeMetrics(nil) }

    /// Metrics of operations and of the host's own, configured in code over the environment.
    ///
    /// On unless `ENABLE_METRICS=false`.
    ///
    /// - Parameter configure: Gets the settings as the environment left them.
    /// - Returns: The plugin's factory.
    public static func metrics(_ configure: @escaping @Sendable (inout MetricsConfiguration) -> Void) -> Self {
        makeMetrics(configure)
    }

    private static func makeMetrics(_ configure: (@Sendable (inout MetricsConfiguration) -> Void)?) -> Self {
        Self("metrics", flag: .metrics, configure: configure) {
            (configuration: MetricsConfiguration, context) throws(Monitor.Problem) in
            MetricsPlugin(configuration, context)
        }
    }
}
