extension Monitor {
    /// A format in which context crosses processes.
    package enum Propagator: String, Sendable, Hashable, CaseIterable {
        /// W3C Trace Context: `traceparent` and `tracestate`.
        case traceContext = "tracecontext"
        /// W3C Baggage: `baggage`.
        case baggage
    }
}

extension Monitor.Propagator {
    /// What `OTEL_PROPAGATORS` asks for: all when it is not set, or names none that is served.
    static func all(in environment: Monitor.Environment, report: (Monitor.Problem) -> Void) -> Set<Self> {
        let variable = Monitor.Variable.propagators
        guard let words = environment.list(variable, report: report)?.map({ $0.lowercased() }) else {
            return Set(allCases)
        }
        let served = Set(words.compactMap(Self.init(rawValue:)))
        let others = words.filter { Self(rawValue: $0) == nil && $0 != "none" }
        let isNone = words.contains("none")
        let result = isNone ? [] : served.isEmpty ? Set(allCases) : served
        let used = isNone ? "none" : Self.allCases.filter(result.contains).map(\.rawValue).joined(separator: ",")
        if isNone, words.contains(where: { $0 != "none" }) {
            report(
                Monitor.Problem(
                    source: "environment",
                    code: "contradiction",
                    subject: variable.name,
                    message: "\(variable.name) names none and others, no context is propagated",
                    fix: "leave out none, or the others"
                )
            )
        } else if !others.isEmpty {
            let list = ShownText.plain(others.joined(separator: ","))
            report(
                Monitor.Problem(
                    source: "environment",
                    code: "not-served",
                    subject: variable.name,
                    message: "\(variable.name) asks for \(list), which is not served; \(used) is used",
                    fix: "let the neighbours speak W3C Trace Context and set \(variable.name)=tracecontext,baggage"
                )
            )
        }
        return result
    }
}
