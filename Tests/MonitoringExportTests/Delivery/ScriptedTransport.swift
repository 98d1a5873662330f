import MonitoringCore
import MonitoringExport
import Synchronization

/// A transport that does what the test says, one step a request, the last step over and over.
final class ScriptedTransport: HTTPTransport {
    enum Step: Sendable {
        case answer(Int, headers: [String: String] = [:], body: String = "{}")
        case fail(TransportError.Kind)
        /// Does not answer: the attempt's own time or a cancellation ends it.
        case silence
        /// Answers when the test opens the gate.
        case gate
    }

    private struct State {
        var steps: [Step]
        var requests: [OutgoingRequest] = []
        var timeouts: [Duration] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var gates: [CheckedContinuation<Void, Never>] = []
        var openGates = 0
        var inFlight = 0
        var mostInFlight = 0
    }

    private let state: Mutex<State>
    private let clock: any MonitoringClock

    init(_ steps: [Step], clock: any MonitoringClock) {
        state = Mutex(State(steps: steps))
        self.clock = clock
    }

    var requests: [OutgoingRequest] { state.withLock { $0.requests } }
    var bodies: [String] { requests.map { String(decoding: $0.body, as: UTF8.self) } }
    var timeouts: [Duration] { state.withLock { $0.timeouts } }
    var mostInFlight: Int { state.withLock { $0.mostInFlight } }

    func script(_ steps: [Step]) { state.withLock { $0.steps = steps } }

    func openGate() {
        let gate = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.gates.isEmpty else {
                state.openGates += 1
                return nil
            }
            return state.gates.removeFirst()
        }
        gate?.resume()
    }

    /// Waits until so many requests were made.
    func requestCount(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.requests.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func send(
        _ request: OutgoingRequest, timeout: Duration, responseLimit: Int
    ) async throws(TransportError) -> OutgoingResponse {
        let (step, watchers) = state.withLock { state in
            state.requests.append(request)
            state.timeouts.append(timeout)
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
            let count = state.requests.count
            let ready = state.watchers.filter { $0.count <= count }
            state.watchers.removeAll { $0.count <= count }
            let step = state.steps.count > 1 ? state.steps.removeFirst() : state.steps[0]
            return (step, ready)
        }
        for watcher in watchers { watcher.continuation.resume() }
        defer { state.withLock { $0.inFlight -= 1 } }
        let origin = request.endpoint.origin
        switch step {
        case .answer(let status, let headers, let body):
            let fields = headers.compactMap { HeaderField(name: $0.key, value: $0.value) }
            return OutgoingResponse(status: status, headers: fields, body: Array(body.utf8))
        case .fail(let kind): throw TransportError(kind, origin: origin)
        case .silence:
            do {
                try await clock.sleep(for: timeout)
            } catch {
                throw TransportError(.cancelled, origin: origin)
            }
            throw TransportError(.timeout, origin: origin)
        case .gate:
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if state.openGates > 0 {
                        state.openGates -= 1
                        return true
                    }
                    state.gates.append(continuation)
                    return false
                }
                if isOpen { continuation.resume() }
            }
            return OutgoingResponse(status: 200, body: Array("{}".utf8))
        }
    }
}
