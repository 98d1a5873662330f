extension Monitor {
    /// An error or a message that the host captured by hand.
    public struct Capture: Sendable {
        /// What was captured.
        public enum Subject: Sendable {
            /// An error: its `error.type` and its description, redacted and at most 8 KiB.
            case error(any Error, type: String, message: String)
            /// A message, redacted.
            case message(String)
        }

        /// What was captured.
        public let subject: Subject
        /// How bad it is.
        public let level: Monitor.Severity
        /// What the host told with it, redacted.
        public let attributes: [Monitor.Attribute]
        /// The operation in which it was captured.
        public let operation: Monitor.Record?
        /// The trace in which it was captured: the operation's, or the caller's that is passed through.
        public let trace: Monitor.TraceContext?
        /// The scope of the request in which it was captured.
        public let scope: Monitor.Scope
        /// When, in Unix nanoseconds.
        public let unixNanoseconds: UInt64
        /// The id of the request in which it was captured.
        public var requestID: String? { operation?.requestID }
    }

    /// A line that the host logged by hand.
    public struct LogEntry: Sendable {
        /// How bad it is.
        public let level: Monitor.Severity
        /// What it says, redacted.
        public let message: String
        /// What the host told with it, redacted.
        public let attributes: [Monitor.Attribute]
        /// The operation in which it was logged.
        public let operation: Monitor.Record?
        /// The trace in which it was logged.
        public let trace: Monitor.TraceContext?
        /// The scope of the request in which it was logged.
        public let scope: Monitor.Scope
        /// When, in Unix nanoseconds.
        public let unixNanoseconds: UInt64
        /// The id of the request in which it was logged.
        public var requestID: String? { operation?.requestID }
    }
}
