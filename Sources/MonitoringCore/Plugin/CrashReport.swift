extension Monitor {
    /// How an earlier process of this service ended without a word: by a crash, or by SIGKILL.
    ///
    /// Not after SIGTERM, SIGINT or SIGHUP, `exit`, or the end of the machine. It comes from the flight recorder, which needs a spool
    /// on files: see `docs/delivery.md`.
    public struct CrashReport: Sendable {
        /// An operation that had not ended.
        public struct Operation: Sendable {
            /// Its name, each part cut to 64 bytes.
            public let name: Monitor.OperationName
            /// What kind of operation it was.
            public let kind: Monitor.Kinds
            /// The role of its span.
            public let spanKind: Monitor.SpanKind
            /// Its own trace context, without what other systems asked to be carried along.
            public let trace: Monitor.TraceContext
            /// The parent's span id; `nil` for a root.
            public let parentSpanID: Monitor.SpanID?
            /// True when the parent is in another process.
            public let parentIsRemote: Bool
            /// When it started, in Unix nanoseconds.
            public let startUnixNanoseconds: UInt64
            /// The name of the innermost agent that it belonged to, cut to 48 bytes.
            public let agent: String?

            package init(
                name: Monitor.OperationName, kind: Monitor.Kinds, spanKind: Monitor.SpanKind,
                trace: Monitor.TraceContext, parentSpanID: Monitor.SpanID?, parentIsRemote: Bool,
                startUnixNanoseconds: UInt64, agent: String?
            ) {
                self.name = name
                self.kind = kind
                self.spanKind = spanKind
                self.trace = trace
                self.parentSpanID = parentSpanID
                self.parentIsRemote = parentIsRemote
                self.startUnixNanoseconds = startUnixNanoseconds
                self.agent = agent
            }
        }

        /// The process's number.
        public let processID: Int
        /// When its monitoring started, in Unix nanoseconds.
        public let startedUnixNanoseconds: UInt64
        /// The last sign of life, at most ten seconds before the end.
        public let lastSeenUnixNanoseconds: UInt64
        /// The operations that had not ended, oldest first; at most 512.
        public let operations: [Operation]
        /// The last breadcrumbs of all requests, oldest first, cut to 200 bytes and without data; at most 64.
        public let breadcrumbs: [Monitor.Breadcrumb]

        package init(
            processID: Int, startedUnixNanoseconds: UInt64, lastSeenUnixNanoseconds: UInt64, operations: [Operation],
            breadcrumbs: [Monitor.Breadcrumb]
        ) {
            self.processID = processID
            self.startedUnixNanoseconds = startedUnixNanoseconds
            self.lastSeenUnixNanoseconds = lastSeenUnixNanoseconds
            self.operations = operations
            self.breadcrumbs = breadcrumbs
        }
    }
}
