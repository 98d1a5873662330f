internal import Foundation
package import MonitoringCore
internal import Synchronization

#if canImport(FoundationNetworking)
    internal import FoundationNetworking
#endif

/// HTTP by `URLSession`: one ephemeral session, made with the first request, without cookies, cache and credentials.
///
/// The attempt's time is kept by the given clock, not by the session, whose own timer begins anew with every byte. On
/// Linux the session's library reads the proxy variables of the process by itself; elsewhere the given ones count.
package final class URLSessionTransport: HTTPTransport {
    private let proxies: ProxySettings
    private let clock: any MonitoringClock
    private let delegate = ExchangeDelegate()
    private let sessions = Mutex<[String: URLSession]>([:])

    /// Makes a transport without a session.
    ///
    /// - Parameters:
    ///   - proxies: The ways that are not direct.
    ///   - clock: What the timeout is measured with.
    package init(proxies: ProxySettings = .none, clock: any MonitoringClock = SystemClock()) {
        self.proxies = proxies
        self.clock = clock
    }

    deinit {
        for session in sessions.withLock({ $0.values }) { session.finishTasksAndInvalidate() }
    }

    package func send(
        _ request: OutgoingRequest, timeout: Duration, responseLimit: Int
    ) async throws(TransportError) -> OutgoingResponse {
        let origin = request.endpoint.origin
        let proxy = try proxies.proxy(for: request.endpoint)
        guard let urlRequest = URLRequest(request, timeout: timeout) else {
            throw TransportError(.other, origin: origin)
        }
        let exchange = URLExchange(origin: origin, responseLimit: responseLimit)
        let task = session(for: proxy).dataTask(with: urlRequest)
        delegate.add(exchange, for: task)
        defer { delegate.remove(task) }
        let deadline = clock.monotonicNanoseconds &+ timeout.nanoseconds
        return try await withTaskGroup(of: Void.self) { [clock] group in
            group.addTask {
                guard (try? await clock.sleep(untilMonotonicNanoseconds: deadline)) != nil else { return }
                exchange.finish(.failure(TransportError(.timeout, origin: origin)))
            }
            let result = await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    exchange.begin(task, continuation)
                }
            } onCancel: {
                exchange.finish(.failure(TransportError(.cancelled, origin: origin)))
            }
            group.cancelAll()
            return result
        }.get()
    }

    private func session(for proxy: ProxySettings.Proxy?) -> URLSession {
        sessions.withLock { sessions in
            let key = proxy?.endpoint.authority ?? ""
            if let session = sessions[key] { return session }
            let session = URLSession(configuration: .forExport(through: proxy), delegate: delegate, delegateQueue: nil)
            sessions[key] = session
            return session
        }
    }
}

extension URLSessionConfiguration {
    fileprivate static func forExport(through proxy: ProxySettings.Proxy?) -> URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        #if canImport(Darwin)
            var settings: [AnyHashable: Any] = [:]
            if let proxy {
                settings["HTTPSEnable"] = true
                settings["HTTPSProxy"] = proxy.endpoint.host
                settings["HTTPSPort"] = Int(proxy.endpoint.port)
            }
            configuration.connectionProxyDictionary = settings
        #endif
        return configuration
    }
}

extension URLRequest {
    fileprivate init?(_ request: OutgoingRequest, timeout: Duration) {
        let endpoint = request.endpoint
        guard let url = URL(string: "\(endpoint.scheme.rawValue)://\(endpoint.hostField)\(endpoint.path)") else {
            return nil
        }
        self.init(url: url)
        httpMethod = request.method
        httpShouldHandleCookies = false
        // The session's own timer must not be first; a day is as good as none, and safe to convert.
        timeoutInterval = 86_400
        for field in request.headers where !OutgoingRequest.isOwn(field) {
            setValue(field.value, forHTTPHeaderField: field.name)
        }
        httpBody = Data(request.body)
    }
}
