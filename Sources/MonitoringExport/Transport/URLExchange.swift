internal import Foundation
internal import Synchronization

#if canImport(FoundationNetworking)
    internal import FoundationNetworking
#endif

/// One request of a session: collects the answer and hands it over once, whoever ends it first.
final class URLExchange: Sendable {
    typealias Outcome = Result<OutgoingResponse, TransportError>

    private struct State {
        var response = OutgoingResponse(status: 0)
        var outcome: Outcome?
        var continuation: CheckedContinuation<Outcome, Never>?
        var task: URLSessionTask?
    }

    private let origin: String
    private let responseLimit: Int
    private let state = Mutex(State())

    init(origin: String, responseLimit: Int) {
        self.origin = origin
        self.responseLimit = responseLimit
    }

    /// Starts the task, or does not when the exchange has ended before.
    func begin(_ task: URLSessionTask, _ continuation: CheckedContinuation<Outcome, Never>) {
        let early = state.withLock { state -> Outcome? in
            state.task = task
            if state.outcome == nil { state.continuation = continuation }
            return state.outcome
        }
        guard let early else { return task.resume() }
        task.cancel()
        continuation.resume(returning: early)
    }

    /// Ends the exchange, unless it has ended.
    ///
    /// What the task still brings is not listened to.
    func finish(_ outcome: Outcome) {
        let (task, continuation) = state.withLock { state -> (URLSessionTask?, CheckedContinuation<Outcome, Never>?) in
            guard state.outcome == nil else { return (nil, nil) }
            state.outcome = outcome
            defer { (state.task, state.continuation) = (nil, nil) }
            return (state.task, state.continuation)
        }
        task?.cancel()
        continuation?.resume(returning: outcome)
    }

    func received(_ response: HTTPURLResponse) {
        state.withLock { $0.response = OutgoingResponse(response) }
        if response.expectedContentLength > Int64(responseLimit) { tooLarge() }
    }

    func received(_ data: Data) {
        let fits = state.withLock { state in
            guard state.outcome == nil, data.count <= responseLimit - state.response.body.count else { return false }
            unsafe data.withUnsafeBytes { unsafe state.response.body.append(contentsOf: $0) }
            return true
        }
        if !fits { tooLarge() }
    }

    /// The task has ended by itself.
    func ended(_ task: URLSessionTask, with error: (any Error)?) {
        if let error {
            return finish(.failure(TransportError(error.kind, origin: origin)))
        }
        let response = state.withLock { state in
            if state.response.status == 0, let response = task.response as? HTTPURLResponse {
                state.response = OutgoingResponse(response, body: state.response.body)
            }
            return state.response
        }
        finish(response.status == 0 ? .failure(TransportError(.notHTTP, origin: origin)) : .success(response))
    }

    private func tooLarge() { finish(.failure(TransportError(.responseTooLarge, origin: origin))) }
}

extension OutgoingResponse {
    init(_ response: HTTPURLResponse, body: [UInt8] = []) {
        let headers = response.allHeaderFields.compactMap { name, value -> HeaderField? in
            guard let name = name as? String, let value = value as? String else { return nil }
            return HeaderField(name: name, checkedValue: value)
        }
        self.init(status: response.statusCode, headers: headers, body: body)
    }
}

extension Error {
    fileprivate var kind: TransportError.Kind {
        guard let error = self as? URLError else { return .other }
        return switch error.code {
        // On Linux TLS has no code of its own; the text is looked at here and goes no further.
        case .unknown where ["SSL", "TLS", "certificate"].contains(where: { error.localizedDescription.contains($0) }):
            .tls
        case .cannotConnectToHost: .refused
        case .cannotFindHost, .dnsLookupFailed: .unresolved
        case .timedOut: .timeout
        case .networkConnectionLost, .badServerResponse: .closed
        case .notConnectedToInternet: .unreachable
        case .cancelled: .cancelled
        // What the library says when the first line is not one of HTTP/1.
        case .unsupportedURL, .cannotParseResponse: .notHTTP
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            .tls
        default: .other
        }
    }
}
