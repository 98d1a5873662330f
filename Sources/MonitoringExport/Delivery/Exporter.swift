package import MonitoringCore
internal import Synchronization

/// Takes records from a queue and gets them to a receiver, one request at a time.
///
/// A record stays queued until the receiver accepts it, refuses it for good, or it is too old: a time limit ends an
/// attempt, never a record's stay (the specification drops a batch whose time is over; this is a documented deviation).
/// With nothing queued no timer is set and nothing is sent. After some failures in a row only single records are sent, at the
/// pace of the pauses, until one of them is answered: see ``CircuitBreaker``.
///
/// All calls are safe from any task, in any order, any number of times. Everything runs on behalf of the callers of
/// ``run()``, ``flush(within:)`` and ``shutdown(within:)``, with their task-locals.
package final class Exporter: Sendable {
    enum Phase {
        case active
        case stopping
        case stopped
    }

    struct State {
        var phase = Phase.active
        /// Whether somebody is sending: ``run()`` or one of the drains.
        var isBusy = false
        /// How many flushes and shutdowns wait or send; ``run()`` stands back for them.
        var drains = 0
        /// Since when records wait for others to join them.
        var pendingSince: UInt64?
        var breaker = CircuitBreaker()
        /// Before when nothing is sent, and whether it was the receiver that said so.
        var pause: (until: UInt64, isDemanded: Bool)?
        /// The most bytes that the receiver takes at once, as far as it is known.
        var byteLimit: Int
        var acceptedInARow = 0
        var hasAccepted = false
        /// Gives the attempt in flight up.
        var giveUp: (@Sendable () -> Void)?
        /// Whether a shutdown's time is over, so that no attempt may begin.
        var isOver = false
        var diagnostics: DeliveryDiagnostics
    }

    let queue: any RecordQueue
    let policy: DeliveryPolicy
    let transport: any HTTPTransport
    let clock: any MonitoringClock
    let random: @Sendable () -> Double
    let report: @Sendable (Monitor.Problem) -> Void
    let resolve: @Sendable ([Diagnostics.Topic], Monitor.Problem?) -> Void
    let onFirstAcceptance: @Sendable () -> Void
    let builder: RequestBuilder
    let state: Mutex<State>
    /// Raised when there may be something to do for somebody who waits.
    let changed = Signal()

    /// Makes an exporter; nothing is sent before ``run()``, ``flush(within:)`` or ``shutdown(within:)``.
    ///
    /// - Parameters:
    ///   - queue: Where the records come from. Its wake-up is the exporter's from now on.
    ///   - policy: Where they go, and how.
    ///   - transport: What carries them.
    ///   - clock: What delays, pauses and ages are measured with.
    ///   - random: Gives numbers from 0 to 1 for the jitter of pauses.
    ///   - report: Gets each problem as often as it comes; called from the sending task.
    ///   - resolve: Gets problems that are over, and what to tell of their end if they were told.
    ///   - onFirstAcceptance: Called once, when the receiver has taken something.
    package init(
        queue: any RecordQueue,
        policy: DeliveryPolicy,
        transport: any HTTPTransport,
        clock: any MonitoringClock = SystemClock(),
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) },
        report: @escaping @Sendable (Monitor.Problem) -> Void = { _ in },
        resolve: @escaping @Sendable ([Diagnostics.Topic], Monitor.Problem?) -> Void = { _, _ in },
        onFirstAcceptance: @escaping @Sendable () -> Void = {}
    ) {
        self.queue = queue
        self.policy = policy
        self.transport = transport
        self.clock = clock
        self.random = random
        self.report = report
        self.resolve = resolve
        self.onFirstAcceptance = onFirstAcceptance
        builder = RequestBuilder(policy: policy)
        state = Mutex(State(byteLimit: policy.batchBytes, diagnostics: DeliveryDiagnostics(policy: policy)))
    }

    /// Sends what is queued, when a batch is full or its delay is over, until the task is cancelled or
    /// ``shutdown(within:)`` is called.
    ///
    /// A second call at the same time only takes turns with the first.
    package func run() async {
        while !Task.isCancelled {
            let epoch = changed.epoch
            switch nextMove() {
            case .stop: return
            case .wait(let deadline): await changed.wait(after: epoch, until: deadline, clock: clock)
            case .send(let everything):
                if state.withLock({ Self.enter(&$0, asDrain: false) }) {
                    await sendRound(everything: everything)
                    leave()
                }
            }
        }
    }

    private enum Move {
        case stop
        case wait(until: UInt64?)
        case send(everything: Bool)
    }

    private func nextMove() -> Move {
        let now = clock.monotonicNanoseconds
        let queued = queue.queued
        let isFull = queued.count >= batchCount || queued.bytes >= policy.batchBytes
        let move = state.withLock { state -> Move in
            if state.phase != .active { return .stop }
            if state.isBusy || state.drains > 0 { return .wait(until: nil) }
            guard queued.count > 0 else {
                state.pendingSince = nil
                return .wait(until: nil)
            }
            if let pause = state.pause {
                return now < pause.until ? .wait(until: pause.until) : .send(everything: true)
            }
            let since = state.pendingSince ?? now
            state.pendingSince = since
            let due = since &+ policy.scheduleDelay.nanoseconds
            if now >= due { return .send(everything: true) }
            return isFull ? .send(everything: false) : .wait(until: due)
        }
        guard case .wait = move, !isFull else { return move }
        return arm(queued: queued.count, for: move)
    }

    /// Asks the queue to say when there is more to do, and looks again at what came before it could.
    private func arm(queued: Int, for move: Move) -> Move {
        let raise: @Sendable () -> Void = { [changed] in changed.raise() }
        if queued == 0 {
            queue.wake(afterCount: 1, bytes: 1, raise)
            if queue.queued.count > 0 { changed.raise() }
        } else {
            queue.wake(afterCount: batchCount, bytes: policy.batchBytes, raise)
            let now = queue.queued
            if now.count >= batchCount || now.bytes >= policy.batchBytes { changed.raise() }
        }
        return move
    }

    /// Sends what was queued at the beginning: everything, or full batches only.
    private func sendRound(everything: Bool) async {
        var (count, bytes) = queue.queued
        while everything ? count > 0 : count >= batchCount || bytes >= policy.batchBytes {
            guard !Task.isCancelled, state.withLock({ $0.phase == .active && $0.drains == 0 }) else { return }
            guard let batch = nextBatch() else { return standBack() }
            let size = (batch.count, batch.byteCount)
            switch await deliver(batch, until: nil) {
            case .settled:
                count -= size.0
                bytes -= size.1
            case .again: continue
            case .failed: return
            case .givenUp: return standBack()
            }
        }
    }

    /// Keeps the loop from spinning when it could send nothing although there is something.
    private func standBack() {
        let until = clock.monotonicNanoseconds &+ max(policy.scheduleDelay, .milliseconds(100)).nanoseconds
        state.withLock { state in
            if state.pause.map({ $0.until < until }) ?? true { state.pause = (until, false) }
        }
    }

    /// How many records make a full batch.
    var batchCount: Int { policy.framing.isIndividual ? 1 : max(policy.batchCount, 1) }

    // MARK: - Taking turns

    /// Takes the turn to send, if nobody has it.
    static func enter(_ state: inout State, asDrain: Bool) -> Bool {
        guard !state.isBusy, asDrain || (state.drains == 0 && state.phase == .active) else { return false }
        state.isBusy = true
        return true
    }

    /// Gives the turn back.
    func leave() {
        state.withLock { ($0.isBusy, $0.pendingSince) = (false, nil) }
        changed.raise()
    }
}
