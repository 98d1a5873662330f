public import MonitoringCore
import Synchronization

/// A clock that stands still until a test moves it.
///
/// Both times start at a round number and advance together; ``jump(by:)`` moves the wall clock alone, as an
/// administrator would.
public final class ManualClock: MonitoringClock {
    private struct Sleeper {
        let id: UInt64
        let deadline: UInt64
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var monotonic: UInt64 = 1_000_000_000
        var unix: UInt64
        var sleepers: [Sleeper] = []
        var cancelled: Set<UInt64> = []
        var nextID: UInt64 = 0
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    /// Makes a clock.
    ///
    /// - Parameter unixSeconds: The wall time at which it stands, in seconds since 1970.
    public init(unixSeconds: UInt64 = 1_800_000_000) {
        state = Mutex(State(unix: unixSeconds &* 1_000_000_000))
    }

    /// The monotonic time in nanoseconds.
    public var monotonicNanoseconds: UInt64 { state.withLock(\.monotonic) }

    /// The wall time in Unix nanoseconds.
    public var unixNanoseconds: UInt64 { state.withLock(\.unix) }

    /// Lets time pass, and wakes whoever slept until then.
    public func advance(by duration: Duration) {
        let nanoseconds = Self.nanoseconds(of: duration)
        let woken: [Sleeper] = state.withLock { state in
            state.monotonic &+= nanoseconds
            state.unix &+= nanoseconds
            let due = state.sleepers.filter { $0.deadline <= state.monotonic }.sorted { $0.deadline < $1.deadline }
            state.sleepers.removeAll { $0.deadline <= state.monotonic }
            return due
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Sets the wall clock forward without any time passing.
    public func jump(by duration: Duration) {
        let nanoseconds = Self.nanoseconds(of: duration)
        state.withLock { $0.unix &+= nanoseconds }
    }

    /// How many tasks sleep on the clock now.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Suspends until at least so many tasks sleep on the clock: then advancing it reaches them.
    public func waitForSleepers(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isMet = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.waiters.append((count, continuation))
                return false
            }
            if isMet { continuation.resume() }
        }
    }

    /// Suspends until the clock was moved to the deadline.
    ///
    /// - Parameter deadline: A monotonic time in nanoseconds.
    /// - Throws: `CancellationError` when the task is cancelled before.
    public func sleep(untilMonotonicNanoseconds deadline: UInt64) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                enlist(Sleeper(id: id, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    private enum Fate {
        case sleeps([CheckedContinuation<Void, Never>])
        case isDue
        case isCancelled
    }

    private func enlist(_ sleeper: Sleeper) {
        let fate: Fate = state.withLock { state in
            if state.cancelled.remove(sleeper.id) != nil { return .isCancelled }
            if sleeper.deadline <= state.monotonic { return .isDue }
            state.sleepers.append(sleeper)
            let count = state.sleepers.count
            let met = state.waiters.filter { $0.count <= count }.map(\.continuation)
            state.waiters.removeAll { $0.count <= count }
            return .sleeps(met)
        }
        switch fate {
        case .sleeps(let waiters): for waiter in waiters { waiter.resume() }
        case .isDue: sleeper.continuation.resume()
        case .isCancelled: sleeper.continuation.resume(throwing: CancellationError())
        }
    }

    private func cancel(_ id: UInt64) {
        let sleeper: Sleeper? = state.withLock { state in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }

    private static func nanoseconds(of duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds) / 1_000_000_000
    }
}
