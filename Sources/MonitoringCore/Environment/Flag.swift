extension Monitor {
    /// The switch of a plugin: a variable, usually `ENABLE_…`, and what holds while it is not set.
    ///
    /// The switch is the operator's: `false` wins over everything that code says.
    public struct Flag: Sendable, Hashable {
        /// What holds while the variable is not set.
        public enum Default: Sendable, Hashable {
            /// The plugin is on.
            case on
            /// The plugin is off.
            case off
            /// The plugin is on when one of these variables, or a file for one of them, is set.
            case onWhenSet([String])
        }

        /// The variable.
        public var name: String
        /// Other names that count when ``name`` is not set, in order.
        public var aliases: [String]
        /// What holds while none of the names is set.
        public var `default`: Default
        /// Variables that suggest that the plugin is wanted: set without the switch, the start-up line says what to do.
        public var hints: [String]

        /// Declares a switch.
        ///
        /// - Parameters:
        ///   - name: The variable.
        ///   - aliases: Other names that count when the first is not set, in order.
        ///   - default: What holds while none of the names is set.
        ///   - hints: Variables that suggest that the plugin is wanted.
        public init(_ name: String, aliases: [String] = [], default: Default = .off, hints: [String] = []) {
            self.name = name
            self.aliases = aliases
            self.default = `default`
            self.hints = hints
        }

        /// A switch that is on unless it is set to false.
        ///
        /// - Parameter name: The variable.
        /// - Returns: The switch.
        public static func on(_ name: String) -> Flag { Flag(name, default: .on) }

        /// A switch that is off unless it is set to true.
        ///
        /// - Parameter name: The variable.
        /// - Returns: The switch.
        public static func off(_ name: String) -> Flag { Flag(name, default: .off) }
    }
}

extension Monitor.Flag {
    /// Metrics: `ENABLE_METRICS`, also `ENABLE_PROMETHEUS`; on.
    public static var metrics: Self { Self("ENABLE_METRICS", aliases: ["ENABLE_PROMETHEUS"], default: .on) }
    /// Health checks: `ENABLE_HEALTH_CHECKS`; on.
    public static var healthChecks: Self { .on("ENABLE_HEALTH_CHECKS") }
    /// The embedded HTTP server: `ENABLE_SERVER`; on where it is registered.
    public static var server: Self { .on("ENABLE_SERVER") }
    /// Alerts: `ENABLE_ALERTS`; on when a channel is set.
    public static var alerts: Self { Self("ENABLE_ALERTS", default: .onWhenSet(KnownVariables.alertChannels)) }
    /// Tracing: `ENABLE_TRACING`; off.
    public static var tracing: Self {
        Self("ENABLE_TRACING", hints: ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"])
    }
    /// Errors sent to a Sentry-compatible receiver: `ENABLE_SENTRY`; off.
    public static var sentry: Self { Self("ENABLE_SENTRY", hints: ["SENTRY_DSN"]) }
    /// Logs: `ENABLE_LOGS`; off.
    public static var logs: Self { Self("ENABLE_LOGS", hints: ["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"]) }

    /// The switches of this project's own plugins.
    package static var standard: [Self] { [metrics, healthChecks, server, alerts, tracing, sentry, logs] }
}
