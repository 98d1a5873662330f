import Synchronization

/// Leads from a plugin to its monitor, which is made after it, without keeping it.
package final class MonitorReference: Sendable {
    private struct State {
        weak var monitor: Monitor?
    }

    private let state = Mutex(State())

    package init() {}

    package var monitor: Monitor? { state.withLock(\.monitor) }

    func lead(to monitor: Monitor) { state.withLock { $0.monitor = monitor } }
}
