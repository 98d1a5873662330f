import MonitoringCore

extension TraceSampler {
    /// What `OTEL_TRACES_SAMPLER` can say.
    private enum Word: String, CaseIterable {
        case alwaysOn = "always_on"
        case alwaysOff = "always_off"
        case ratio = "traceidratio"
        case parentBasedAlwaysOn = "parentbased_always_on"
        case parentBasedAlwaysOff = "parentbased_always_off"
        case parentBasedRatio = "parentbased_traceidratio"
        case jaeger = "jaeger_remote"
        case parentBasedJaeger = "parentbased_jaeger_remote"
        case xray
    }

    /// The sampler that the environment asks for; `nil` when it does not, or for one that is not there.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - report: Called once a bad value.
    init?(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        let word = environment.choice(.tracesSampler, as: Word.self, report: report)
        let takesArgument = word == .ratio || word == .parentBasedRatio
        if !takesArgument, environment.isSet(.tracesSamplerArgument) {
            report(Self.unusedArgument(word?.rawValue, isSet: environment.isSet(.tracesSampler)))
        }
        func ratio() -> TraceSampler {
            .ratio(environment.number(.tracesSamplerArgument, in: 0...1, report: report) ?? 1)
        }
        switch word {
        case nil: return nil
        case .alwaysOn: self = .alwaysOn
        case .alwaysOff: self = .alwaysOff
        case .ratio: self = ratio()
        case .parentBasedAlwaysOn: self = .parentBased(root: .alwaysOn)
        case .parentBasedAlwaysOff: self = .parentBased(root: .alwaysOff)
        case .parentBasedRatio: self = .parentBased(root: ratio())
        case .jaeger?, .parentBasedJaeger?, .xray?:
            report(Self.absent(word?.rawValue ?? ""))
            return nil
        }
    }

    private static func unusedArgument(_ sampler: String?, isSet: Bool) -> Monitor.Problem {
        let sampler = sampler.map { "OTEL_TRACES_SAMPLER=\($0) takes none" }
        let reason = sampler ?? (isSet ? "no sampler is known that takes it" : "OTEL_TRACES_SAMPLER is not set")
        return Monitor.Problem(
            source: "environment",
            code: "unused-variable",
            subject: Monitor.Variable.tracesSamplerArgument.name,
            message: "OTEL_TRACES_SAMPLER_ARG does nothing: \(reason)",
            fix: "set OTEL_TRACES_SAMPLER=parentbased_traceidratio, or unset OTEL_TRACES_SAMPLER_ARG",
            severity: .notice
        )
    }

    private static func absent(_ word: String) -> Monitor.Problem {
        Monitor.Problem(
            source: "environment",
            code: "absent-sampler",
            subject: Monitor.Variable.tracesSampler.name,
            message: "OTEL_TRACES_SAMPLER=\(word) asks for a sampler that is not part of this package; "
                + "parentbased_always_on is used",
            fix: "set OTEL_TRACES_SAMPLER=parentbased_traceidratio and OTEL_TRACES_SAMPLER_ARG to a ratio, "
                + "or bring a sampler of your own with TraceSampler.custom",
            severity: .notice
        )
    }
}
