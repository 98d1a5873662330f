/// The check at start: what in the environment was probably meant for us and does nothing.
///
/// No value is shown, but for words of our own tables. A variable that a registered plugin declares is that plugin's
/// business, whatever its value.
package enum EnvironmentCheck {
    /// Finds typing errors in names, and variables of other products that are not served here.
    ///
    /// A name is taken for a typing error when it is near a known one and known to nobody. Costs some microseconds a
    /// variable; run it once.
    ///
    /// - Parameters:
    ///   - environment: What is set.
    ///   - variables: What the registered plugins declare; the core's own and those of this project's other modules are
    ///     known anyway.
    ///   - flags: The switches of the registered plugins.
    /// - Returns: Notices and warnings, in the order of the names.
    package static func problems(
        in environment: Monitor.Environment,
        variables: [Monitor.Variable] = [],
        flags: [Monitor.Flag] = []
    ) -> [Monitor.Problem] {
        let names = environment.names
        let declared = variables.flatMap(\.allNames) + flags.flatMap(\.variable.allNames)
        var understood = Set(declared)
        var problems: [Monitor.Problem] = []
        for peer in PeerVariable.table {
            if let flag = peer.flag, !flag.resolve(in: environment, report: { _ in }).isOn { continue }
            let set = names.filter { peer.includes($0) && !understood.contains($0) }
            guard let problem = peer.problem(for: set, in: environment) else { continue }
            understood.formUnion(set)
            problems.append(problem)
        }
        understood.formUnion(KnownVariables.names)
        let candidates = declared + KnownVariables.names.filter(hasOurPrefix)
        for name in names where !understood.contains(name) {
            if let problem = typingError(name, among: candidates, in: environment) { problems.append(problem) }
        }
        return problems
    }

    private static func typingError(
        _ name: String,
        among candidates: [String],
        in environment: Monitor.Environment
    ) -> Monitor.Problem? {
        let synonym = KnownVariables.synonyms[name]
        guard let guess = synonym ?? EditDistance.nearest(to: name, among: candidates, limit: typingErrors) else {
            return nil
        }
        let shown = ShownText.plain(name)
        let isHarmless = synonym != nil || environment[guess] != nil
        return Monitor.Problem(
            source: "environment",
            code: "unknown-variable",
            subject: shown,
            message: "\(shown) is not known; did you mean \(guess)?",
            fix: "rename it, or unset it",
            severity: isHarmless ? .notice : .warning
        )
    }

    /// How many typing errors a name may have and still be recognised: few in a short one, as hosts have names of their
    /// own (`ENABLE_DOCS` is not `ENABLE_LOGS`).
    private static func typingErrors(in name: String) -> Int {
        let prefix = name.utf8.firstIndex(of: UInt8(ascii: "_")).map {
            name.utf8.distance(from: name.startIndex, to: $0)
        }
        let telling = name.utf8.count - (prefix ?? -1) - 1
        return telling >= 6 ? 2 : telling >= 3 ? 1 : 0
    }

    private static func hasOurPrefix(_ name: String) -> Bool {
        KnownVariables.prefixes.contains { name.hasPrefix($0) }
    }
}
