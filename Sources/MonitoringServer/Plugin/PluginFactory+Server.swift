public import MonitoringCore

extension Monitor.PluginFactory {
    /// The embedded server, configured by the environment: it serves what the other plugins offer.
    ///
    /// On where it is registered; `ENABLE_SERVER=false` switches it off.
    public static var server: Self { makeServer(nil) }

    /// The embedded server, configured in code over the environment: it serves what the other plugins offer.
    ///
    /// On where it is registered; `ENABLE_SERVER=false` switches it off.
    ///
    /// - Parameter configure: Gets the settings as the environment left them.
    /// - Returns: The plugin's factory.
    public static func server(_ configure: @escaping @Sendable (inout ServerConfiguration) -> Void) -> Self {
        makeServer(configure)
    }

    private static func makeServer(_ configure: (@Sendable (inout ServerConfiguration) -> Void)?) -> Self {
        Self("server", flag: .server, configure: configure) {
            (configuration: ServerConfiguration, context) throws(Monitor.Problem) in
            ServerPlugin(configuration, context)
        }
    }
}
