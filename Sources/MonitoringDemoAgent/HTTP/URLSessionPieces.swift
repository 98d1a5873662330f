import Foundation
import MonitoringCore
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Passes what a session receives to the exchange it belongs to.
final class URLSessionPieces: NSObject, URLSessionDataDelegate {
    private let exchanges = Mutex<[ObjectIdentifier: HTTPExchange]>([:])

    func add(_ exchange: HTTPExchange, for task: URLSessionTask) {
        exchanges.withLock { $0[ObjectIdentifier(task)] = exchange }
    }

    func remove(_ task: URLSessionTask) {
        _ = exchanges.withLock { $0.removeValue(forKey: ObjectIdentifier(task)) }
    }

    private func exchange(of task: URLSessionTask) -> HTTPExchange? {
        exchanges.withLock { $0[ObjectIdentifier(task)] }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        if let response = response as? HTTPURLResponse { exchange(of: dataTask)?.received(response) }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        exchange(of: dataTask)?.received(Array(data))
    }

    /// Answers no challenge but the server's certificate: a 401 is an answer like any other.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        guard let response = challenge.failureResponse as? HTTPURLResponse else {
            return completionHandler(.performDefaultHandling, nil)
        }
        let exchange = exchange(of: task)
        exchange?.received(response)
        exchange?.end()
        completionHandler(.cancelAuthenticationChallenge, nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let exchange = exchange(of: task) else { return }
        if error == nil, let response = task.response as? HTTPURLResponse { exchange.received(response) }
        exchange.end(throwing: error.map { HTTPFailure(sessionError: $0) })
    }
}

extension HTTPExchange {
    fileprivate func received(_ response: HTTPURLResponse) {
        let fields = response.allHeaderFields.compactMap { name, value -> (String, String)? in
            guard let name = name as? String, let value = value as? String else { return nil }
            return (name, value)
        }
        received(status: response.statusCode, headers: Monitor.Headers(fields))
    }
}

extension HTTPFailure {
    fileprivate init(sessionError error: any Error) {
        self =
            switch (error as? URLError)?.code {
            case .networkConnectionLost, .badServerResponse, .cannotParseResponse: .broken
            default: .unreachable
            }
    }
}
