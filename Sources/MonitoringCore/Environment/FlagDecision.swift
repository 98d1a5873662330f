extension Monitor {
    /// Whether a plugin is on, and why, for its start-up line.
    public struct FlagDecision: Sendable, Hashable {
        /// Whether the plugin is on.
        public var isOn: Bool
        /// Why, such as `ENABLE_TRACING is not set`; holds no value but booleans.
        public var reason: String
        /// True when `OTEL_SDK_DISABLED` switched off everything.
        public var isSDKDisabled: Bool

        init(isOn: Bool, reason: String, isSDKDisabled: Bool = false) {
            self.isOn = isOn
            self.reason = reason
            self.isSDKDisabled = isSDKDisabled
        }
    }
}

extension Monitor.Flag {
    /// Decides whether the plugin is on.
    ///
    /// `OTEL_SDK_DISABLED=true` comes before everything, then the switch by its names, then its default. A value that is
    /// no boolean is reported and counts as not set; so is, as a notice, an alias that contradicts.
    ///
    /// - Parameters:
    ///   - environment: Where the variables are.
    ///   - report: Called with what is wrong.
    /// - Returns: The decision and its reason.
    public func resolve(
        in environment: Monitor.Environment,
        report: (Monitor.Problem) -> Void
    ) -> Monitor.FlagDecision {
        let set = environment.reading(variable, report: report, parse: ValueParser.boolean)
        if environment.openTelemetryBoolean(.sdkDisabled, report: { _ in }) == true {
            return Monitor.FlagDecision(isOn: false, reason: "OTEL_SDK_DISABLED=true", isSDKDisabled: true)
        }
        if let set { return Monitor.FlagDecision(isOn: set.value, reason: "\(set.name)=\(set.value)") }
        let missing = variable.names.contains { environment[$0] != nil } ? "\(name) is not valid" : "\(name) is not set"
        switch self.default {
        case .on: return Monitor.FlagDecision(isOn: true, reason: "\(missing), on by default")
        case .off:
            guard let hint = environment.firstSet(of: hints) else {
                return Monitor.FlagDecision(isOn: false, reason: missing)
            }
            return Monitor.FlagDecision(
                isOn: false,
                reason: "\(hint) is set but \(missing): set \(name)=true to switch it on"
            )
        case .onWhenSet(let names):
            if let found = environment.firstSet(of: names) {
                return Monitor.FlagDecision(isOn: true, reason: "\(found) is set")
            }
            let list = names.joined(separator: ", ")
            return Monitor.FlagDecision(isOn: false, reason: "\(missing), nor is any of \(list)")
        }
    }

    /// The switch as a variable.
    package var variable: Monitor.Variable {
        let text =
            switch self.default {
            case .on: "true"
            case .off: "false"
            case .onWhenSet: "true when a channel is set"
            }
        return Monitor.Variable(
            name,
            aliases: aliases,
            default: text,
            meaning: "Switches the plugin on or off, whatever code says",
            allowed: "true, 1, yes, on, false, 0, no, off"
        )
    }
}

extension Monitor.Environment {
    /// The first of the names under which something is set, as itself or as a file.
    fileprivate func firstSet(of names: [String]) -> String? {
        names.flatMap { [$0, $0 + "_FILE"] }.first { self[$0] != nil }
    }
}
