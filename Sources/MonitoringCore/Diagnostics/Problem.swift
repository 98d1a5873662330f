extension Monitor {
    /// Something that is wrong with the monitoring itself: a bad variable, an unreachable collector, a full spool.
    ///
    /// The host is never stopped by one. Each is told on the diagnostics sink, again only after it was over and at most once
    /// a minute, listed by ``Monitor/problems`` and counted.
    public struct Problem: Error, Sendable, Hashable {
        /// How much a problem matters.
        public enum Severity: UInt8, Sendable, Hashable, Comparable {
            /// Worth knowing; nothing is lost.
            case notice
            /// Something is not as asked for.
            case warning
            /// A part of the monitoring does not work.
            case error

            /// By weight, a notice first.
            public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
        }

        /// Which part speaks: `core`, `tracing`, a plugin's name.
        public var source: String
        /// A stable word for the kind of problem, such as `invalid-value`; with source and subject it says "told already".
        public var code: String
        /// What it is about: a variable, an endpoint's origin, a plugin.
        ///
        /// Never a secret.
        public var subject: String
        /// What is wrong, with which value (redacted) and what is allowed.
        ///
        /// One sentence without a full stop.
        public var message: String
        /// What to do about it; empty when there is nothing to do.
        public var fix: String
        /// How much it matters.
        public var severity: Severity

        /// Makes a problem.
        ///
        /// - Parameters:
        ///   - source: Which part speaks.
        ///   - code: A stable word for the kind of problem.
        ///   - subject: The variable, endpoint or plugin it is about.
        ///   - message: What is wrong, with the offending value, redacted.
        ///   - fix: What to do about it.
        ///   - severity: How much it matters.
        public init(
            source: String,
            code: String,
            subject: String = "",
            message: String,
            fix: String = "",
            severity: Severity = .warning
        ) {
            self.source = source
            self.code = code
            self.subject = subject
            self.message = message
            self.fix = fix
            self.severity = severity
        }
    }
}

extension Monitor.Problem: CustomStringConvertible {
    /// One line: source, message and fix.
    public var description: String { "\(source): \(message)" + (fix.isEmpty ? "" : "; \(fix)") }
}
