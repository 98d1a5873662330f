extension Monitor {
    /// The W3C `tracestate`: an ordered list of what tracing systems asked to be carried along. Immutable entries, at most 32.
    public struct TraceState: Sendable, Hashable {
        /// No entries.
        public init() {}
    }
}
