import Synchronization

extension Monitor {
    /// Starts monitoring: a host's first line.
    ///
    /// Plugins whose flag is off are not made. Returns before any network is touched. Nothing that is wrong stops the host:
    /// each problem is told once, listed in ``problems``, and the rest works.
    ///
    /// - Parameters:
    ///   - factories: The plugins, in any order.
    ///   - environment: Where variables are read; by default the process's.
    ///   - configure: Applied after the environment: code wins over it.
    /// - Returns: The monitor, which is now also ``current``.
    /// - Throws: Only under `MONITORING_STRICT=true`: every problem found.
    public static func start(
        _ factories: PluginFactory...,
        environment: Environment = .process,
        configure: (inout Configuration) -> Void = { _ in }
    ) async throws(StartError) -> Monitor {
        try await start(factories, environment: environment, configure: configure)
    }

    /// Starts monitoring with a list of plugins.
    ///
    /// See ``start(_:environment:configure:)-(Monitor.PluginFactory...,_,_)``.
    public static func start(
        _ factories: [PluginFactory],
        environment: Environment = .process,
        configure: (inout Configuration) -> Void = { _ in }
    ) async throws(StartError) -> Monitor {
        let startup = Startup(factories, environment: environment, configure: configure)
        let monitor = try startup.makeMonitor()
        for (name, value) in startup.configuration.tags { monitor.baseScope.tags[name] = value }
        EarlyCalls.tell(monitor.diagnostics)
        if startup.configuration.installs {
            if let previous = Installed.monitor, previous.isOn { tellReplaced(monitor.diagnostics) }
            Installed.install(monitor)
        }
        monitor.startBackground()
        return monitor
    }

    private static func tellReplaced(_ diagnostics: Diagnostics) {
        diagnostics.report(
            Problem(
                source: "core",
                code: "started-twice",
                message: "a monitor is running already; the new one takes its place as Monitor.current",
                fix: "start one monitor a process, or say installs = false",
                severity: .notice
            )
        )
    }
}
