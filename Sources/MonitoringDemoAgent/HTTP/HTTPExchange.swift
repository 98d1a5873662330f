import MonitoringCore
import Synchronization

/// One request under way: hands the answer's head over, then the body's pieces, and ends once, whoever ends it first.
final class HTTPExchange: Sendable {
    private struct State {
        var patience: Patience
        var waiting: CheckedContinuation<HTTPAnswer, any Error>?
        var hasHead = false
        var room: Int
        var isOver = false
        var failure: (any Error)?
        var watch: Task<Void, Never>?
    }

    private let state: Mutex<State>
    private let bodyLimit: Int
    private let body: AsyncThrowingStream<[UInt8], any Error>
    private let pieces: AsyncThrowingStream<[UInt8], any Error>.Continuation
    private let cancel: @Sendable () -> Void
    private let ended: @Sendable () -> Void

    /// Prepares an exchange.
    ///
    /// - Parameters:
    ///   - bodyLimit: The longest body, in bytes.
    ///   - patience: How long it may take.
    ///   - cancel: Called once, when it is not the other side that ends it.
    ///   - ended: Called once, at the end.
    init(
        bodyLimit: Int,
        patience: Patience,
        cancel: @escaping @Sendable () -> Void,
        ended: @escaping @Sendable () -> Void
    ) {
        self.bodyLimit = bodyLimit
        self.state = Mutex(State(patience: patience, room: bodyLimit))
        self.cancel = cancel
        self.ended = ended
        (self.body, self.pieces) = AsyncThrowingStream.makeStream()
    }

    /// Waits for the head.
    ///
    /// - Returns: False when the exchange has ended before it began.
    func begin(_ continuation: CheckedContinuation<HTTPAnswer, any Error>) -> Bool {
        let early = state.withLock { state -> (any Error)? in
            guard !state.isOver else { return state.failure ?? HTTPFailure.broken }
            state.waiting = continuation
            state.watch = Task { [weak self] in
                while let deadline = self?.deadline {
                    guard (try? await ContinuousClock().sleep(until: deadline)) != nil else { return }
                    self?.endIfLate()
                }
            }
            return nil
        }
        guard let early else { return true }
        continuation.resume(throwing: early)
        return false
    }

    /// The head has come; a second one is not listened to.
    func received(status: Int, headers: Monitor.Headers) {
        let waiting = state.withLock { state -> CheckedContinuation<HTTPAnswer, any Error>? in
            guard !state.isOver, !state.hasHead else { return nil }
            state.hasHead = true
            state.patience.heard()
            defer { state.waiting = nil }
            return state.waiting
        }
        guard let waiting else { return }
        pieces.onTermination = { [weak self] _ in self?.end(throwing: CancellationError()) }
        waiting.resume(returning: HTTPAnswer(status: status, headers: headers, body: body))
    }

    /// A piece of the body has come.
    func received(_ piece: [UInt8]) {
        let fits = state.withLock { state in
            guard !state.isOver else { return true }
            guard piece.count <= state.room else { return false }
            state.room -= piece.count
            state.patience.heard()
            // Within the lock, so that pieces stay in order and none comes after the end.
            pieces.yield(piece)
            return true
        }
        if !fits { end(throwing: HTTPFailure.tooLong(limit: bodyLimit)) }
    }

    /// Ends the exchange, unless it has ended.
    ///
    /// - Parameter failure: Why it is not whole; nil when it is.
    func end(throwing failure: (any Error)? = nil) {
        let last = state.withLock { state -> State? in
            guard !state.isOver else { return nil }
            let last = state
            state.isOver = true
            state.failure = failure
            (state.waiting, state.watch) = (nil, nil)
            return last
        }
        guard let last else { return }
        last.watch?.cancel()
        if failure != nil { cancel() }
        pieces.finish(throwing: failure)
        last.waiting?.resume(throwing: failure ?? HTTPFailure.broken)
        ended()
    }

    private var deadline: ContinuousClock.Instant? {
        state.withLock { $0.isOver ? nil : $0.patience.deadline }
    }

    private func endIfLate() {
        let patience = state.withLock(\.patience)
        if patience.deadline <= .now { end(throwing: patience.failure) }
    }
}
