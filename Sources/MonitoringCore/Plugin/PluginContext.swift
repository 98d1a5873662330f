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
        private let reference: MonitorReference

        package init(
            environment: Monitor.Environment,
            resource: Monitor.Resource,
            clock: any MonitoringClock,
            redactor: Redactor,
            diagnostics: Diagnostics,
            reference: MonitorReference = MonitorReference()
        ) {
            self.environment = environment
            self.resource = resource
            self.clock = clock
            self.redactor = redactor
            self.diagnostics = diagnostics
            self.reference = reference
        }

        /// The monitor that the plugin belongs to: what other plugins offer, count and find wrong.
        ///
        /// `nil` until the start is over, and when the monitor is gone. Not for the hot path.
        public var monitor: Monitor? { reference.monitor }

        /// Tells the plugins that hear crashes of one.
        package func deliver(_ report: Monitor.CrashReport) {
            guard let monitor, monitor.isOn else { return }
            for slot in monitor.plugins.slots where slot.hears.contains(.crashes) { slot.plugin.crashed(report) }
        }

        /// Redacts a text that did not come with an operation.
        public func redact(_ text: String) -> String { redactor.redact(text) }

        /// Tells a problem: once a source, code and subject, however often it is reported, until it is resolved.
        public func report(_ problem: Monitor.Problem) { diagnostics.report(problem) }

        /// Says that a problem is over: reported again, it is told again, though at most once a minute.
        ///
        /// It stays in ``Monitor/problems`` and goes on being counted. Keep reporting a problem while it lasts, so that
        /// one which came back within the minute is told after it.
        ///
        /// - Parameters:
        ///   - source: The source that it was reported with.
        ///   - code: The code that it was reported with.
        ///   - subject: The subject that it was reported with.
        /// - Returns: Whether it had been told since it was resolved last; if not, nobody needs to hear of its end.
        @discardableResult
        public func resolve(source: String, code: String, subject: String = "") -> Bool {
            diagnostics.resolve(source: source, code: code, subject: subject)
        }

        /// Has a secret removed from every text from now on.
        public func registerSecret(_ secret: String) { redactor.register(secret: secret) }

        /// Says that a receiver accepted something, so that the console need not show operations any more.
        public func deliveryAccepted() { diagnostics.noteAcceptance() }
    }
}
