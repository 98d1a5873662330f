internal import MonitoringCore
internal import Synchronization

/// Tells waiting tasks that something has changed.
///
/// A waiter reads ``epoch``, looks whether there is something to do, and waits for the epoch to pass: nothing that
/// happens in between is missed.
final class Signal: Sendable {
    private struct State {
        var epoch: UInt64 = 0
        var lastWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<UInt64> = []
    }

    private let state = Mutex(State())

    /// How often the signal was raised.
    var epoch: UInt64 { state.withLock { $0.epoch } }

    /// Wakes all who wait.
    ///
    /// May be called from any thread; cheap when nobody waits.
    func raise() {
        let waiters = state.withLock { state in
            state.epoch += 1
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Suspends until the signal has been raised since `epoch` was read, the deadline is reached, or the task is
    /// cancelled.
    ///
    /// - Parameters:
    ///   - epoch: What ``epoch`` was before.
    ///   - deadline: A monotonic time in nanoseconds; without one no timer is set.
    ///   - clock: What the deadline is measured with.
    func wait(after epoch: UInt64, until deadline: UInt64? = nil, clock: any MonitoringClock) async {
        guard let deadline else { return await wait(after: epoch) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(after: epoch) }
            group.addTask { try? await clock.sleep(untilMonotonicNanoseconds: deadline) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(after epoch: UInt64) async {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.epoch != epoch || state.cancelled.contains(id) { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.cancelled.insert(id)
                return state.waiters.removeValue(forKey: id)
            }
            waiter?.resume()
        }
        state.withLock { _ = $0.cancelled.remove(id) }
    }
}
