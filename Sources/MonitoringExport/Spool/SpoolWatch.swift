package import MonitoringCore

/// Makes problems of what a spool finds out about its files.
package struct SpoolWatch: Sendable {
    private let source: String
    private let records: String
    private let report: @Sendable (Monitor.Problem) -> Void

    /// Makes a watch.
    ///
    /// - Parameters:
    ///   - source: The part that speaks, such as `tracing`.
    ///   - records: What waits, such as `spans`.
    ///   - report: Gets the problems.
    package init(source: String, records: String, report: @escaping @Sendable (Monitor.Problem) -> Void) {
        self.source = source
        self.records = records
        self.report = report
    }

    /// The files of a place, unless the settings ask for memory, or nothing else will do, which is told.
    package func open(_ place: SpoolFiles.Place, _ settings: SpoolSettings) -> SpoolFiles? {
        do throws(SpoolFiles.Fault) {
            return try SpoolFiles.open(place, settings)
        } catch {
            report(
                Monitor.Problem(
                    source: source,
                    code: "spool-memory",
                    message: "\(records) wait in memory and are lost with the process: \(error)",
                    fix:
                        "set MONITORING_SPOOL_DIR to a folder of this user on a local disk, or MONITORING_SPOOL=memory",
                    severity: settings.isAskedFor ? .warning : .notice
                )
            )
            return nil
        }
    }

    /// Tells what was found.
    package func tell(_ fault: SpoolFault) {
        let (code, subject, message, fix) = text(fault)
        let severity: Monitor.Problem.Severity
        switch fault {
        case .recovered, .unclaimed, .droppedBefore: severity = .notice
        default: severity = .warning
        }
        report(
            Monitor.Problem(
                source: source, code: code, subject: subject, message: message, fix: fix, severity: severity))
    }

    /// Tells that an earlier process has crashed.
    package func tell(_ crash: Monitor.CrashReport) {
        let count = crash.operations.count
        report(
            Monitor.Problem(
                source: source,
                code: "crashed",
                message:
                    "process \(crash.processID) of this service ended by a crash or SIGKILL; \(count) operations had "
                    + "not ended, and are sent as interrupted",
                severity: .notice
            )
        )
    }

    private func text(_ fault: SpoolFault) -> (code: String, subject: String, message: String, fix: String) {
        switch fault {
        case .continuesInMemory(let reason):
            (
                "spool-memory", "", "\(records) wait in memory and are lost with the process: \(reason)",
                "make room there"
            )
        case .recovered(let count):
            ("spool-recovered", "", "\(count) \(records) of an earlier run are sent now", "")
        case .damaged(let count, let lanes):
            (
                "spool-damaged", "",
                "what an earlier run has left is damaged in \(lanes) places; \(count) \(records) at least are lost",
                "check the disk"
            )
        case .droppedBefore(let count):
            ("spool-dropped-before", "", "an earlier run had dropped \(count) \(records)", "")
        case .setAside(let path, let reason):
            (
                "spool-set-aside", path, "\(path) is set aside: \(reason)",
                "start the version that wrote it, or remove it"
            )
        case .unclaimed(let path):
            (
                "spool-unclaimed", path,
                "\(path) holds \(records) for a receiver that is not configured any more; they are kept for a day",
                "configure it again to have them sent, or remove the folder"
            )
        case .notSynced(let count):
            ("spool-not-synced", "", "the disk does not take \(count) segments of \(records)", "check the disk")
        case .expired(let path, let count):
            ("spool-expired", path, "\(count) \(records) at \(path) are dropped: they waited for too long", "")
        }
    }
}

extension Spool {
    /// Whether records survive the process.
    package var isOnFiles: Bool { files != nil }

    /// Whether records are to survive the machine, so that a failed operation should have them synced.
    package var isSynced: Bool { files?.isSynced == true }

    /// Level, place and budget, for the start-up line.
    package var summary: String {
        guard let files else { return "memory \(Self.size(configuration.maximumBytes))" }
        return "\(files.isSynced ? "disk" : "process") \(Self.size(configuration.maximumBytes)) at \(files.path)"
    }

    private static func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
    }
}
