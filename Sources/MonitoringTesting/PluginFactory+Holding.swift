public import MonitoringCore

extension Monitor.PluginFactory {
    /// A factory for a plugin that exists already, always on: for tests.
    public static func holding(_ plugin: any MonitoringPlugin, name: String = "test") -> Self {
        Self(name, flag: .on("ENABLE_TEST_PLUGIN")) { _ in plugin }
    }
}
