internal import MonitoringCore
internal import Synchronization

extension Exporter {
    /// Sends what is queued now, without waiting for the delay.
    ///
    /// A pause that the receiver asked for is kept; one of our own is not. When the receiver cannot be reached, or asks
    /// for more time than there is, the flush ends early. After ``shutdown(within:)`` nothing is sent.
    ///
    /// - Parameter limit: The longest time; an attempt that is not over by then is given up, and its records stay.
    /// - Returns: Whether all that was queued at the call has been accepted, refused or dropped.
    package func flush(within limit: Duration) async -> Bool {
        let deadline = clock.monotonicNanoseconds &+ limit.nanoseconds
        guard state.withLock({ $0.phase == .active }) else { return queue.queued.count == 0 }
        return await drain(until: deadline, isFinal: false)
    }

    /// Sends what is queued a last time, ends ``run()``, and sends nothing any more.
    ///
    /// The attempt in flight may go on until the deadline and is then given up. What the receiver did not take stays
    /// queued. Further calls wait for the first, for as long as they may, and send nothing; neither does one from a
    /// cancelled task.
    ///
    /// - Parameter limit: The longest time, whatever the receiver does.
    /// - Returns: Whether nothing is left.
    package func shutdown(within limit: Duration) async -> Bool {
        let deadline = clock.monotonicNanoseconds &+ limit.nanoseconds
        let isFirst = state.withLock { state in
            guard state.phase == .active else { return false }
            state.phase = .stopping
            return true
        }
        changed.raise()
        if isFirst {
            queue.wake(afterCount: .max, bytes: .max, nil)
            _ = await drain(until: deadline, isFinal: true)
            state.withLock { $0.phase = .stopped }
            changed.raise()
        } else {
            await wait(until: deadline) { $0.phase == .stopped }
        }
        return queue.queued.count == 0
    }

    private func drain(until deadline: UInt64, isFinal: Bool) async -> Bool {
        state.withLock { $0.drains += 1 }
        defer {
            state.withLock { $0.drains -= 1 }
            changed.raise()
        }
        if !(await wait(until: deadline) { Self.enter(&$0, asDrain: true) }) {
            guard isFinal else { return false }
            // Another's attempt takes too long. Its records are put back as soon as the transport lets go.
            let giveUp = state.withLock { state in
                state.isOver = true
                return state.giveUp
            }
            giveUp?()
            let grace = clock.monotonicNanoseconds &+ Duration.milliseconds(100).nanoseconds
            await wait(until: grace) { !$0.isBusy }
            return false
        }
        defer { leave() }

        // A pause from before that is our own is no reason to wait.
        state.withLock { state in
            if state.pause?.isDemanded == false { state.pause = nil }
        }
        var remaining = queue.queued.count
        while remaining > 0 {
            guard await waitForPause(until: deadline, isFinal: isFinal) else { return false }
            guard let batch = nextBatch() else { break }
            let count = batch.count
            switch await deliver(batch, until: deadline) {
            case .settled: remaining -= count
            case .again, .failed(isAnswered: true): continue
            case .failed(isAnswered: false), .givenUp: return false
            }
        }
        return true
    }

    /// Waits until an attempt may be made.
    ///
    /// - Returns: Whether there is time left for one.
    private func waitForPause(until deadline: UInt64, isFinal: Bool) async -> Bool {
        while true {
            let epoch = changed.epoch
            let now = clock.monotonicNanoseconds
            let (phase, pause) = state.withLock { ($0.phase, $0.pause) }
            guard now < deadline, !Task.isCancelled, isFinal || phase == .active else { return false }
            guard let pause, now < pause.until else { return true }
            guard pause.until < deadline else { return false }
            await changed.wait(after: epoch, until: pause.until, clock: clock)
        }
    }

    /// Waits until a condition holds, which may change the state.
    ///
    /// - Returns: Whether it held before the deadline and the task's cancellation.
    @discardableResult
    private func wait(until deadline: UInt64, for condition: @Sendable (inout State) -> Bool) async -> Bool {
        while true {
            let epoch = changed.epoch
            if state.withLock({ condition(&$0) }) { return true }
            guard !Task.isCancelled, clock.monotonicNanoseconds < deadline else { return false }
            await changed.wait(after: epoch, until: deadline, clock: clock)
        }
    }
}
