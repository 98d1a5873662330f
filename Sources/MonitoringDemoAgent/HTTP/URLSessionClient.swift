import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// HTTP by one ephemeral session: no cookies, no cache, no credentials, no redirects, bodies piece by piece.
///
/// On Linux `URLSession` has no `bytes(for:)`, so a delegate passes the pieces on. It does not hold the sender back:
/// what nobody has read waits in memory, up to the request's limit.
final class URLSessionClient: HTTPClient {
    private let session: URLSession
    private let delegate = URLSessionPieces()

    /// Makes a session.
    ///
    /// - Parameter connections: The most connections to one host; further requests wait for one.
    init(connections: Int = 64) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.httpMaximumConnectionsPerHost = connections
        self.session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
    }

    deinit {
        session.invalidateAndCancel()
    }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        let task = session.dataTask(with: URLRequest(request))
        let exchange = HTTPExchange(
            bodyLimit: request.bodyLimit,
            patience: Patience(silence: request.silence, limit: request.limit),
            cancel: { task.cancel() },
            ended: { [delegate] in delegate.remove(task) }
        )
        delegate.add(exchange, for: task)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if exchange.begin(continuation) { task.resume() }
            }
        } onCancel: {
            exchange.end(throwing: CancellationError())
        }
    }
}

extension URLRequest {
    fileprivate init(_ request: HTTPRequest) {
        self.init(url: request.url)
        httpMethod = request.method
        httpShouldHandleCookies = false
        // The exchange keeps the time; a day is as good as no limit.
        timeoutInterval = 86_400
        for (name, value) in request.headers { setValue(value, forHTTPHeaderField: name) }
        if !request.body.isEmpty { httpBody = Data(request.body) }
    }
}
