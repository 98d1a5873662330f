extension Monitor {
    /// What a caller in another process sent along.
    package struct RemoteContext: Sendable, Hashable {
        /// The caller's span; `nil` when no valid `traceparent` came, which does not harm the baggage.
        package var traceContext: Monitor.TraceContext?
        /// The caller's baggage, empty when none came.
        package var baggage: Monitor.Baggage

        package init(traceContext: Monitor.TraceContext? = nil, baggage: Monitor.Baggage = Baggage()) {
            self.traceContext = traceContext
            self.baggage = baggage
        }

        /// Reads `traceparent`, `tracestate` and `baggage`.
        ///
        /// Never fails: what is not valid counts as absent and is reported. Time and memory are bounded whatever was sent.
        ///
        /// - Parameters:
        ///   - carrier: What was received.
        ///   - report: Called, on this thread, for everything that was received and not used.
        /// - Returns: `nil` when neither a context nor baggage came.
        package static func extract(
            from carrier: any Monitor.HeaderCarrier,
            report: (Monitor.HeaderFault) -> Void = { _ in }
        ) -> RemoteContext? {
            let traceContext = traceContext(from: carrier, report: report)
            let baggage = Monitor.Baggage(parsing: carrier.values(Propagation.baggage), report: report)
            guard traceContext != nil || !baggage.isEmpty else { return nil }
            return RemoteContext(traceContext: traceContext, baggage: baggage)
        }

        private static func traceContext(
            from carrier: any Monitor.HeaderCarrier,
            report: (Monitor.HeaderFault) -> Void
        ) -> Monitor.TraceContext? {
            let values = carrier.values(Propagation.traceparent)
            guard !values.isEmpty else { return nil }
            do throws(Monitor.HeaderFault) {
                var context = try Monitor.TraceContext(validating: values)
                if let state = Monitor.TraceState(parsing: carrier.values(Propagation.tracestate)) {
                    context.traceState = state
                } else {
                    report(.tracestateInvalid)
                }
                return context
            } catch {
                report(error)
                return nil
            }
        }
    }
}
