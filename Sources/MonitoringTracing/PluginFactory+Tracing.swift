public import MonitoringCore

extension Monitor.PluginFactory {
    /// Spans to an OpenTelemetry collector, configured by OpenTelemetry's variables.
    ///
    /// On with `ENABLE_TRACING=true`.
    public static var tracing: Self { makeTracing(nil) }

    /// Spans to an OpenTelemetry collector, configured in code over OpenTelemetry's variables.
    ///
    /// On with `ENABLE_TRACING=true`.
    ///
    /// - Parameter configure: Gets the settings as the environment left them.
    /// - Returns: The plugin's factory.
    public static func tracing(_ configure: @escaping @Sendable (inout TracingConfiguration) -> Void) -> Self {
        makeTracing(configure)
    }

    private static func makeTracing(_ configure: (@Sendable (inout TracingConfiguration) -> Void)?) -> Self {
        Self("tracing", flag: .tracing, configure: configure) {
            (configuration: TracingConfiguration, context) throws(Monitor.Problem) in
            try TracingPlugin(configuration, context)
        }
    }
}
