import Synchronization

/// What was captured or logged before any monitor was started: it is lost, but not silently.
enum EarlyCalls {
    enum Kind {
        case capture
        case log
    }

    private static let captures = Atomic(0)
    private static let logs = Atomic(0)

    static func note(_ kind: Kind) {
        switch kind {
        case .capture: captures.wrappingAdd(1, ordering: .relaxed)
        case .log: logs.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// Tells once what was lost, and starts counting anew.
    static func tell(_ diagnostics: Diagnostics) {
        let captured = captures.exchange(0, ordering: .relaxed)
        let logged = logs.exchange(0, ordering: .relaxed)
        guard captured + logged > 0 else { return }
        diagnostics.report(
            Monitor.Problem(
                source: "core",
                code: "before-start",
                message: "\(captured) captures and \(logged) log lines came before Monitor.start and are lost",
                fix: "make Monitor.start the first line of the program"
            )
        )
    }
}

extension Monitor {
    func noteEarly(_ kind: EarlyCalls.Kind) {
        if self === Monitor.off, Installed.monitor == nil { EarlyCalls.note(kind) }
    }
}
