internal import Dispatch
internal import MonitoringCore
internal import Synchronization

/// Plain HTTP/1.1 over the system's sockets.
///
/// Every wait is a `poll` with the attempt's deadline, on a thread of its own: no receiver, resolver or cancelled task
/// can hold it. One connection an origin is kept for the next request.
package final class SocketTransport: HTTPTransport {
    private let proxies: ProxySettings
    private let resolver = HostResolver()
    private let kept = Mutex<[String: SocketConnection]>([:])

    /// Makes a transport without connections.
    ///
    /// - Parameter proxies: The ways that are not direct.
    package init(proxies: ProxySettings = .none) { self.proxies = proxies }

    package func send(
        _ request: OutgoingRequest, timeout: Duration, responseLimit: Int
    ) async throws(TransportError) -> OutgoingResponse {
        let origin = request.endpoint.origin
        let deadline = SystemClock().monotonicNanoseconds &+ timeout.nanoseconds
        guard request.endpoint.scheme == .http else { throw TransportError(.tls, origin: origin) }
        let proxy = try proxies.proxy(for: request.endpoint)
        guard let cancellation = Doorbell() else { throw TransportError(.other, origin: origin) }
        let exchange = SocketExchange(
            message: request.serialized(through: proxy),
            responseLimit: responseLimit,
            deadline: deadline,
            cancellation: cancellation
        )
        let peer = proxy?.endpoint ?? request.endpoint
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue(label: "monitoring.transport").async { [self] in
                    continuation.resume(
                        returning: Result { () throws(TransportError) in
                            try perform(exchange, with: peer, origin: origin)
                        })
                }
            }
        } onCancel: {
            cancellation.ring()
        }
        return try result.get()
    }

    private func perform(
        _ exchange: SocketExchange, with peer: Endpoint, origin: String
    ) throws(TransportError) -> OutgoingResponse {
        let key = peer.authority
        if let connection = kept.withLock({ $0.removeValue(forKey: key) }), connection.isQuiet {
            do throws(SocketExchange.Failure) {
                return try run(exchange, on: connection, key: key)
            } catch {
                // The peer may have closed the kept connection just then: that says nothing about the peer.
                guard error.kind == .closed, !error.receivedAnything else {
                    throw TransportError(error.kind, origin: origin)
                }
            }
        }
        let addresses: [SocketAddress]
        do throws(TransportError) {
            addresses = try resolver.addresses(
                of: peer, until: exchange.deadline, cancellation: exchange.cancellation)
        } catch {
            throw TransportError(error.kind, origin: origin)
        }
        let connection = try SocketConnection.open(
            addresses, origin: origin, until: exchange.deadline, cancellation: exchange.cancellation)
        do throws(SocketExchange.Failure) {
            return try run(exchange, on: connection, key: key)
        } catch {
            throw TransportError(error.kind, origin: origin)
        }
    }

    private func run(
        _ exchange: SocketExchange, on connection: SocketConnection, key: String
    ) throws(SocketExchange.Failure) -> OutgoingResponse {
        let (response, isReusable) = try exchange.run(on: connection)
        if isReusable { kept.withLock { $0[key] = connection } }
        return response
    }
}
