import Foundation

/// A process of this program in another role.
struct ChildProcess {
    private let process = Process()

    init(_ role: Options.Role, _ environment: [String: String]) throws {
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = ["--as", role.rawValue]
        // Nothing of this process's own settings, and no tracer in the way of a signal.
        process.environment =
            environment.merging(["PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no", "MONITORING_QUIET": "true"]) {
                given, _ in given
            }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// Ends it by a signal, and waits for that; says whether it was that signal.
    @discardableResult
    func kill(_ signal: Int32) -> Bool {
        Foundation.kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal && process.terminationStatus == signal
    }

    /// Waits until it ends by itself; says whether that was well.
    func wait() -> Bool {
        process.waitUntilExit()
        return process.terminationReason == .exit && process.terminationStatus == 0
    }
}
