package import MonitoringCore

/// Where records wait, and how much room they may take.
package struct SpoolSettings: Sendable, Hashable {
    /// What waiting records survive.
    package enum Level: String, Sendable, Hashable {
        /// Nothing: they lie in memory.
        case memory
        /// The death of the process.
        case process
        /// The death of the machine too, but for the last second.
        case disk
    }

    /// What waiting records survive.
    package var level = Level.process
    /// The folder under which they lie; `nil` for the user's own.
    package var directory: String?
    /// How much they may take.
    package var maximumBytes = 64 << 20
    /// Whether signals that end the process are noted where the host does not handle them.
    package var notesSignals = true
    /// Whether somebody asked for files, so that it is a fault to have none.
    package private(set) var isAskedFor = false
    private var standardBases: [Base] = []

    /// A folder to put the root in: one that is there, and names below it that are made where they are missing.
    struct Base: Sendable, Hashable {
        var existing: String
        var below: [String] = []
    }

    /// The defaults: memory under a test runner, so that tests leave nothing behind, else files.
    package init() {
        if Monitor.Environment.isTestRun { level = .memory }
    }

    /// The folders to try, in this order.
    var bases: [Base] { directory.map { [Self.base(of: $0)] } ?? standardBases }

    /// A folder that was asked for is made with all that leads to it; one that is not absolute will not be found.
    private static func base(of directory: String) -> Base {
        guard directory.hasPrefix("/"), !directory.utf8.contains(0) else { return Base(existing: "/dev/null") }
        return Base(existing: "/", below: directory.split(separator: "/").map(String.init))
    }

    /// Takes over what the environment says.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - report: Called once a bad value.
    package mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        let words: KeyValuePairs = ["memory": Level.memory, "process": Level.process, "disk": Level.disk]
        let told = environment.choice(.spool, of: words, report: report)
        directory = environment.path(.spoolDirectory, report: report)
        if let bytes = environment.integer(.spoolBytes, in: 1 << 20...1 << 40, report: report) { maximumBytes = bytes }
        if let notes = environment.boolean(.signals, report: report) { notesSignals = notes }
        isAskedFor = told.map { $0 != .memory } ?? (directory != nil)
        if let told { level = told } else if directory != nil { level = .process }
        standardBases = [
            environment["XDG_STATE_HOME"].map { Base(existing: $0) },
            environment["HOME"].map { Base(existing: $0, below: [".local", "state"]) },
            environment["TMPDIR"].map { Base(existing: $0) },
            Base(existing: "/tmp"),
        ].compactMap { $0 }.filter { $0.existing.hasPrefix("/") }
    }

    /// The variables that ``apply(_:report:)`` reads.
    package static let variables: [Monitor.Variable] = [.spool, .spoolDirectory, .spoolBytes, .signals]
}

extension Monitor.Variable {
    static let spool = Self(
        "MONITORING_SPOOL",
        default: "process",
        meaning: "What records that wait survive: nothing, the process, or the machine too; memory by default under a "
            + "test runner",
        allowed: "memory, process, disk"
    )
    static let spoolDirectory = Self(
        "MONITORING_SPOOL_DIR",
        default: "the user's state folder",
        meaning: "The folder under which records wait, on a local disk",
        allowed: "an absolute path"
    )
    static let spoolBytes = Self(
        "MONITORING_SPOOL_MAX_BYTES",
        default: "67108864",
        meaning: "How much waiting records may take, those of all processes in the folder together",
        allowed: "1048576 to 1099511627776"
    )
    static let signals = Self(
        "MONITORING_SIGNALS",
        default: "true",
        meaning:
            "Notes SIGTERM, SIGINT and SIGHUP where the host does not handle them, so that they are not taken for a "
            + "crash; needs a spool on files",
        allowed: "true, 1, yes, on, false, 0, no, off"
    )
}
