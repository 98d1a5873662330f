import Synchronization

/// Waits for work, but not for ever.
package enum Deadline {
    /// What the work came to, or `nil` when the time ran out first; the work is then cancelled and left to itself.
    package static func race<R: Sendable>(
        _ limit: Duration,
        _ clock: any MonitoringClock,
        _ work: @escaping @Sendable () async -> R
    ) async -> R? {
        let finish = Once<R?>()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                finish.wait(continuation)
                let task = Task { finish.resume(await work()) }
                let timer = Task {
                    do {
                        try await clock.sleep(for: limit)
                        task.cancel()
                        finish.resume(nil)
                    } catch {}
                }
                finish.whenResumed { timer.cancel() }
            }
        } onCancel: {
            finish.resume(nil)
        }
    }

    /// A continuation that is resumed by whoever comes first.
    private final class Once<R: Sendable>: Sendable {
        private struct State {
            var continuation: CheckedContinuation<R, Never>?
            var value: R?
            var isResumed = false
            var cleanUp: (@Sendable () -> Void)?
        }

        private let state = Mutex(State())

        func wait(_ continuation: CheckedContinuation<R, Never>) {
            let early: R? = state.withLock { state in
                if state.isResumed { return state.value }
                state.continuation = continuation
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }

        func whenResumed(_ cleanUp: @escaping @Sendable () -> Void) {
            let isResumed = state.withLock { state in
                if !state.isResumed { state.cleanUp = cleanUp }
                return state.isResumed
            }
            if isResumed { cleanUp() }
        }

        func resume(_ value: R) {
            let (continuation, cleanUp) = state.withLock {
                state -> (CheckedContinuation<R, Never>?, (@Sendable () -> Void)?) in
                guard !state.isResumed else { return (nil, nil) }
                state.isResumed = true
                state.value = value
                defer { (state.continuation, state.cleanUp) = (nil, nil) }
                return (state.continuation, state.cleanUp)
            }
            continuation?.resume(returning: value)
            cleanUp?()
        }
    }
}
