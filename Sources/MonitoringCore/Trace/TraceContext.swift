extension Monitor {
    /// What one span tells the next about the trace they share: W3C Trace Context.
    public struct TraceContext: Sendable, Hashable {
        /// The trace.
        public var traceID: Monitor.TraceID
        /// The span in it.
        public var spanID: Monitor.SpanID
        /// Sampled, random.
        public var flags: Monitor.TraceFlags
        /// What other tracing systems asked to be carried along.
        public var traceState: Monitor.TraceState
        /// True for a context that came from another process.
        public var isRemote: Bool

        /// Makes a context.
        public init(
            traceID: Monitor.TraceID,
            spanID: Monitor.SpanID,
            flags: Monitor.TraceFlags = [],
            traceState: Monitor.TraceState = TraceState(),
            isRemote: Bool = false
        ) {
            self.traceID = traceID
            self.spanID = spanID
            self.flags = flags
            self.traceState = traceState
            self.isRemote = isRemote
        }

        /// The context of no span, which is not valid.
        package static let none = TraceContext(traceID: TraceID(high: 0, low: 0), spanID: SpanID(0))

        /// True when both ids are.
        public var isValid: Bool { traceID.isValid && spanID.isValid }
        /// True when the sampled flag is set.
        public var isSampled: Bool { flags.contains(.sampled) }
    }
}
