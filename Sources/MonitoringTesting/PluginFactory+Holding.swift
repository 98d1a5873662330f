public import MonitoringCore

extension Monitor.PluginFactory {
    /// A factory for a plugin that exists already, always on: for tests.
    public static func holding(_ plugin: any MonitoringPlugin, name: String = "test") -> Self {
        Self(name, flag: .on("ENABLE_TEST_PLUGIN"), configure: { (_: inout NoConfiguration) in }) { _, _ in plugin }
    }
}

/// The settings of a plugin that has none.
struct NoConfiguration: MonitoringConfiguration {
    static let variables: [Monitor.Variable] = []

    mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {}
}
