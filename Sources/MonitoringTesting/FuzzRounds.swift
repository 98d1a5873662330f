import MonitoringCore

/// How often a seeded test draws: a few thousand times by default, as often as `MONITORING_FUZZ_ROUNDS` says otherwise.
package enum FuzzRounds: Sendable {
    /// The rounds of a test.
    ///
    /// - Parameter standard: How many make a quick run.
    /// - Returns: The number to draw.
    package static func count(_ standard: Int) -> Int {
        guard let text = Monitor.Environment.process["MONITORING_FUZZ_ROUNDS"], let rounds = Int(text), rounds > 0
        else {
            return standard
        }
        return rounds
    }
}
