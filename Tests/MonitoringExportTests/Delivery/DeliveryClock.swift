import MonitoringCore
import Synchronization

/// A clock that the test moves, and that tells who sleeps.
final class DeliveryClock: MonitoringClock {
    private struct State {
        var now: UInt64 = 1_000_000_000
        var wall: UInt64 = 1_800_000_000_000_000_000
        var last = 0
        var sleepers: [Int: (deadline: UInt64, continuation: CheckedContinuation<Bool, Never>)] = [:]
        var cancelled: Set<Int> = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var monotonicNanoseconds: UInt64 { state.withLock { $0.now } }
    var unixNanoseconds: UInt64 { state.withLock { $0.wall } }

    func sleep(untilMonotonicNanoseconds deadline: UInt64) async throws {
        let id = state.withLock { state in
            state.last += 1
            return state.last
        }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (result, watchers) = state.withLock { state -> (Bool?, [CheckedContinuation<Void, Never>]) in
                    if state.cancelled.contains(id) { return (false, []) }
                    if state.now >= deadline { return (true, []) }
                    state.sleepers[id] = (deadline, continuation)
                    defer { state.watchers = [] }
                    return (nil, state.watchers)
                }
                if let result { continuation.resume(returning: result) }
                for watcher in watchers { watcher.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.continuation.resume(returning: false)
        }
        if !isOver { throw CancellationError() }
    }

    /// Moves both clocks on and wakes who has slept long enough.
    func advance(by duration: Duration) {
        let nanoseconds = UInt64(duration / .nanoseconds(1))
        let woken = state.withLock { state in
            state.now += nanoseconds
            state.wall += nanoseconds
            let now = state.now
            let woken = state.sleepers.filter { $0.value.deadline <= now }
            for id in woken.keys { state.sleepers[id] = nil }
            return woken.values
        }
        for sleeper in woken { sleeper.continuation.resume(returning: true) }
    }

    /// How many sleep.
    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Waits until somebody sleeps until exactly that long from now, or for anything at all.
    func sleeper(for duration: Duration? = nil) async {
        let nanoseconds = duration.map { UInt64($0 / .nanoseconds(1)) }
        while true {
            let isThere: @Sendable (borrowing State) -> Bool = { state in
                let now = state.now
                return state.sleepers.values.contains { nanoseconds == nil || $0.deadline - now == nanoseconds }
            }
            let isDone = state.withLock { isThere($0) }
            if isDone { return }
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    if isThere(state) { return true }
                    state.watchers.append(continuation)
                    return false
                }
                if isDone { continuation.resume() }
            }
        }
    }
}
