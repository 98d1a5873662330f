extension Monitor {
    /// Writes context into what goes to another process.
    package enum Propagation {
        /// The name of the header that carries the ids.
        package static var traceparent: String { "traceparent" }
        /// The name of the header that carries the entries of tracing systems.
        package static var tracestate: String { "tracestate" }
        /// The name of the header that carries baggage.
        package static var baggage: String { "baggage" }

        /// Sets the headers that carry a context, whether it is sampled or not.
        ///
        /// - Parameters:
        ///   - context: The current span. One that is not valid is not written.
        ///   - baggage: The current baggage; `nil` when the receiver may not have it.
        ///   - set: Takes a header's name and value: printable ASCII.
        package static func inject(
            _ context: Monitor.TraceContext,
            baggage: Monitor.Baggage?,
            set: (_ name: String, _ value: String) -> Void
        ) {
            if context.isValid {
                set(traceparent, context.traceparent)
                if let state = context.traceState.headerValue { set(tracestate, state) }
            }
            if let members = baggage?.headerValue { set(Self.baggage, members) }
        }
    }
}
