/// The transport of a process: plain HTTP over sockets, HTTPS over URLSession.
///
/// `URLSession` on Linux ends the process, or fills its memory, on answers that any peer may send (decision record 0003),
/// so it carries only what needs TLS, whose peer is authenticated.
package final class StandardTransport: HTTPTransport {
    private let sockets: SocketTransport
    private let session: URLSessionTransport

    /// Makes the transport.
    ///
    /// No session is made before the first HTTPS request.
    ///
    /// - Parameter proxies: The ways that are not direct.
    package init(proxies: ProxySettings = .none) {
        sockets = SocketTransport(proxies: proxies)
        session = URLSessionTransport(proxies: proxies)
    }

    package func send(
        _ request: OutgoingRequest, timeout: Duration, responseLimit: Int
    ) async throws(TransportError) -> OutgoingResponse {
        switch request.endpoint.scheme {
        case .http: try await sockets.send(request, timeout: timeout, responseLimit: responseLimit)
        case .https: try await session.send(request, timeout: timeout, responseLimit: responseLimit)
        }
    }
}
