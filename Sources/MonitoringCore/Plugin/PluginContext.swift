extension Monitor {
    /// What a plugin gets when it is made, and may keep.
    public struct PluginContext: Sendable {
        /// The environment that the monitor was started with.
        public let environment: Monitor.Environment
        /// Who this process is.
        public let resource: Monitor.Resource
        /// Where to take the time from.
        public let clock: any MonitoringClock

        package let redactor: Redactor
        package let diagnostics: Diagnostics

        package init(
            environment: Monitor.Environment,
            resource: Monitor.Resource,
            clock: any MonitoringClock,
            redactor: Redactor,
            diagnostics: Diagnostics
        ) {
            self.environment = environment
            self.resource = resource
            self.clock = clock
            self.redactor = redactor
            self.diagnostics = diagnostics
        }

        /// Redacts a text that did not come with an operation.
        public func redact(_ text: String) -> String { redactor.redact(text) }

        /// Tells a problem: once a source, code and subject, however often it is reported.
        public func report(_ problem: Monitor.Problem) { diagnostics.report(problem) }

        /// Has a secret removed from every text from now on.
        public func registerSecret(_ secret: String) { redactor.register(secret: secret) }

        /// Says that a receiver accepted something, so that the console need not show operations any more.
        public func deliveryAccepted() { diagnostics.noteAcceptance() }
    }
}
