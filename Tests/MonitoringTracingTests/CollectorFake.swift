import MonitoringCore
import MonitoringExport
import Synchronization

/// A collector that answers what the test says, one answer a request, the last over and over.
final class CollectorFake: HTTPTransport {
    enum Answer: Sendable {
        case status(Int, body: String = "{}")
        case fault(TransportError.Kind)
    }

    private struct State {
        var answers: [Answer]
        var requests: [OutgoingRequest] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    init(_ answers: Answer...) {
        state = Mutex(State(answers: answers.isEmpty ? [.status(200)] : answers))
    }

    var requests: [OutgoingRequest] { state.withLock(\.requests) }

    /// Suspends until so many requests came.
    func requestCount(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isMet = state.withLock { state in
                if state.requests.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isMet { continuation.resume() }
        }
    }

    func send(
        _ request: OutgoingRequest, timeout: Duration, responseLimit: Int
    ) async throws(TransportError) -> OutgoingResponse {
        let (answer, met) = state.withLock { state in
            state.requests.append(request)
            let count = state.requests.count
            let met = state.watchers.filter { $0.count <= count }
            state.watchers.removeAll { $0.count <= count }
            return (state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0], met)
        }
        for watcher in met { watcher.continuation.resume() }
        switch answer {
        case .status(let status, let body): return OutgoingResponse(status: status, body: Array(body.utf8))
        case .fault(let kind): throw TransportError(kind, origin: request.endpoint.origin)
        }
    }
}

extension OutgoingRequest {
    var json: JSONValue? { try? JSONValue(parsing: body) }

    /// The spans in the body, all of one resource and scope.
    var spans: [JSONValue] { json?["resourceSpans"]?[0]?["scopeSpans"]?[0]?["spans"]?.array ?? [] }
}
