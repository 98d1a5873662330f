/// The settings of one plugin: defaults, to which the environment is applied, then the host's closure.
public protocol MonitoringConfiguration: Sendable {
    /// The documented defaults.
    init()
    /// The environment variables that ``apply(_:report:)`` reads, as data.
    static var variables: [Monitor.Variable] { get }
    /// Takes over what the environment says.
    ///
    /// A bad value leaves the setting as it is.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - report: Called once a bad value.
    mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void)
}

extension Monitor {
    /// A plugin that a host registers with ``Monitor/start(_:environment:configure:)-(Monitor.PluginFactory...,_,_)``.
    ///
    /// Name, flag, variables, and how to make it. Nothing is made when the flag is off.
    ///
    /// ```swift
    /// extension Monitor.PluginFactory {
    ///     public static var slowLog: Self { slowLog(nil) }
    ///     public static func slowLog(_ configure: (@Sendable (inout SlowLog.Configuration) -> Void)?) -> Self {
    ///         Self("slow-log", flag: .off("ENABLE_SLOW_LOG"), configure: configure) { configuration, _ in
    ///             SlowLog(configuration)
    ///         }
    ///     }
    /// }
    /// ```
    public struct PluginFactory: Sendable {
        /// The plugin's name, unique within a monitor.
        public let name: String
        /// How the plugin is switched.
        public let flag: Monitor.Flag
        /// The environment variables it reads.
        public let variables: [Monitor.Variable]
        /// Names of plugins that must be on and start before it.
        public let requires: [String]
        /// Whether the host configures it in code.
        public let isConfiguredInCode: Bool

        let make: @Sendable (Monitor.Environment, Monitor.PluginContext) throws(Monitor.Problem) -> any MonitoringPlugin

        /// Describes a plugin.
        ///
        /// - Parameters:
        ///   - name: The plugin's name.
        ///   - flag: How the plugin is switched.
        ///   - requires: Names of plugins that must be on and start before it.
        ///   - configure: The host's closure, applied after the environment.
        ///   - make: Makes the plugin of its settings. A problem that it throws leaves the plugin off and is told.
        public init<C: MonitoringConfiguration>(
            _ name: String,
            flag: Monitor.Flag,
            requires: [String] = [],
            configure: (@Sendable (inout C) -> Void)?,
            _ make:
                @escaping @Sendable (C, Monitor.PluginContext) throws(Monitor.Problem) -> any MonitoringPlugin
        ) {
            self.name = name
            self.flag = flag
            self.variables = C.variables
            self.requires = requires
            self.isConfiguredInCode = configure != nil
            self.make = { environment, context throws(Monitor.Problem) in
                var configuration = C()
                configuration.apply(environment) { context.report($0) }
                configure?(&configuration)
                return try make(configuration, context)
            }
        }

        /// Describes a plugin that has no settings.
        ///
        /// - Parameters:
        ///   - name: The plugin's name.
        ///   - flag: How the plugin is switched.
        ///   - requires: Names of plugins that must be on and start before it.
        ///   - make: Makes the plugin. A problem that it throws leaves the plugin off and is told.
        public init(
            _ name: String,
            flag: Monitor.Flag,
            requires: [String] = [],
            _ make: @escaping @Sendable (Monitor.PluginContext) throws(Monitor.Problem) -> any MonitoringPlugin
        ) {
            self.name = name
            self.flag = flag
            self.variables = []
            self.requires = requires
            self.isConfiguredInCode = false
            self.make = { _, context throws(Monitor.Problem) in try make(context) }
        }
    }
}
