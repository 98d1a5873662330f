extension Monitor {
    /// What can be wrong with context that was received.
    ///
    /// A plain value, because anybody can send broken headers as often as they like: who hears of one tells the host the
    /// first time and counts the others. It never holds anything of what was received.
    package enum HeaderFault: Error, Sendable, Hashable, CaseIterable {
        /// More than one `traceparent` header.
        case traceparentRepeated
        /// Too short, too long, or longer than its version allows.
        case traceparentLength
        /// Not a version, or the forbidden one.
        case traceparentVersion
        /// Something other than lower-case hexadecimal digits and dashes in their places.
        case traceparentGrammar
        /// A trace id or a parent id of zeros.
        case traceparentZero
        /// A `tracestate` that is too long, has too many members or a malformed one; all of it is dropped.
        case tracestateInvalid
        /// A `baggage` that is too long; all of it is dropped.
        case baggageLength
        /// Members of `baggage` that are malformed or above the limits; only these are dropped.
        case baggageMembers

        /// What to tell the host, once for each case.
        package var problem: Monitor.Problem {
            let (header, reason, effect) = explanation
            return Monitor.Problem(
                source: "core",
                code: "invalid-header",
                subject: header,
                message: "received \(header) \(reason); \(effect)",
                fix: "look at what the caller, or a proxy in between, sends as \(header)",
                severity: .notice
            )
        }

        private var explanation: (header: String, reason: String, effect: String) {
            let newTrace = "a new trace was started"
            return switch self {
            case .traceparentRepeated: ("traceparent", "more than once", newTrace)
            case .traceparentLength: ("traceparent", "of a length that its version does not have", newTrace)
            case .traceparentVersion: ("traceparent", "without a valid version", newTrace)
            case .traceparentGrammar: ("traceparent", "with characters that do not belong there", newTrace)
            case .traceparentZero: ("traceparent", "with an id of zeros", newTrace)
            case .tracestateInvalid: ("tracestate", "that is too long or malformed", "it was dropped")
            case .baggageLength: ("baggage", "that is too long", "it was dropped")
            case .baggageMembers: ("baggage", "with members that are malformed or too many", "these were dropped")
            }
        }
    }
}
