import CMonitoringShims

/// How a thread waits for another one that holds something for a moment.
enum SpinWait {
    /// How often to try before something else is done about it.
    static let attempts = spins + yields
    private static let spins = 100
    private static let yields = 400

    /// Waits a little, after so many attempts that failed.
    static func wait(attempt: Int) {
        if attempt < spins { monitoring_spin_pause() } else { monitoring_yield() }
    }
}
