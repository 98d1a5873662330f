extension Monitor {
    /// Settings of the layer as a whole, given to the closure of `start` after the environment was applied: what code says
    /// wins.
    public struct Configuration: Sendable {
        /// When finished operations are shown as trees on standard error.
        public enum Console: Sendable, Hashable {
            /// On a terminal, until a receiver accepted a first batch.
            case automatic
            /// Always. `MONITORING_CONSOLE=false` still switches it off.
            case always
            /// Never.
            case never
        }

        /// The service's name, `service.name`; `nil` leaves it to `OTEL_SERVICE_NAME` and its like.
        public var service: String?
        /// The service's version, `service.version`; `nil` leaves it to `APP_VERSION`.
        public var version: String?
        /// Where it is deployed, `deployment.environment.name`.
        public var deploymentEnvironment: String?
        /// More resource attributes; they win over detected ones.
        public var resource: Attributes = [:]
        /// What is removed from every text before anything leaves the process.
        public var redaction = Redaction()
        /// Tags that every scope starts with.
        public var tags: [String: String] = [:]
        /// Which hosts get `baggage` though they are other parties, and which get none.
        public var propagationTargets = PropagationTargets()
        /// Whether prompts, answers, tool arguments and results are captured.
        public var capturesContent = false
        /// When trees are shown on standard error.
        public var console = Console.automatic
        /// Whether the monitor becomes ``Monitor/current``.
        ///
        /// Tests say `false`.
        public var installs = true
        /// Whether a problem found at the start makes `start` throw.
        public var isStrict = false
        /// Where the time comes from.
        public var clock: any MonitoringClock = SystemClock()
        /// Where ids come from; `nil` for random ones.
        public var ids: (any MonitoringIDGenerator)?
        /// Gets each start-up line and diagnostic instead of standard error: one line, control characters escaped.
        public var diagnosticsSink: (@Sendable (String) -> Void)?

        /// The documented defaults.
        public init() {}
    }
}
