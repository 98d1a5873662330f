/// Something that is offered over HTTP: by a plugin, or by a host on an `EndpointServer` of its own.
///
/// Any server can mount a plugin's: `app.on(endpoint.method, endpoint.path) { await endpoint.respond($0) }`.
public struct Endpoint: Sendable {
    /// Who may ask, and how fast the answer must be.
    @frozen
    public enum Access: String, Sendable, Hashable, CaseIterable {
        /// For load balancers and orchestrators: says little, must answer while the host is stuck.
        case probe
        /// For metric collectors: numbers and no personal data.
        case scrape
        /// For people with a token: anything else.
        case sensitive
        /// For everybody who reaches the port: what a host serves to its own callers.
        ///
        /// Nothing is checked but, on a loopback address, the `Host` header. Plugins do not offer such.
        case open
    }

    /// How a request is answered.
    public enum Handler: Sendable {
        /// At once, on whatever thread asks: for probes, which must not depend on the host's threads.
        case synchronous(@Sendable (EndpointRequest) -> EndpointResponse)
        /// When it is ready.
        case asynchronous(@Sendable (EndpointRequest) async -> EndpointResponse)
    }

    /// The method in capitals: `GET` or `POST` of a plugin, any of a host.
    ///
    /// A server answers `HEAD` by the answer to `GET`.
    public let method: String
    /// The path, such as `/metrics`: no parameters, no trailing slash.
    public let path: String
    /// Who may ask.
    public let access: Access
    /// How a request is answered.
    public let handler: Handler

    /// Makes an endpoint.
    ///
    /// - Parameters:
    ///   - method: The method in capitals.
    ///   - path: The path.
    ///   - access: Who may ask.
    ///   - handler: How a request is answered.
    public init(method: String, path: String, access: Access, handler: Handler) {
        self.method = method
        self.path = path
        self.access = access
        self.handler = handler
    }

    /// Offers something to read.
    public static func get(
        _ path: String,
        _ access: Access,
        _ handler: @escaping @Sendable (EndpointRequest) async -> EndpointResponse
    ) -> Endpoint {
        Endpoint(method: "GET", path: path, access: access, handler: .asynchronous(handler))
    }

    /// Offers a probe that is answered at once.
    public static func probe(
        _ path: String,
        _ handler: @escaping @Sendable (EndpointRequest) -> EndpointResponse
    ) -> Endpoint {
        Endpoint(method: "GET", path: path, access: .probe, handler: .synchronous(handler))
    }

    /// Offers something that changes something.
    public static func post(
        _ path: String,
        _ access: Access,
        _ handler: @escaping @Sendable (EndpointRequest) async -> EndpointResponse
    ) -> Endpoint {
        Endpoint(method: "POST", path: path, access: access, handler: .asynchronous(handler))
    }

    /// Answers a request; what it does is not observed.
    public func respond(_ request: EndpointRequest) async -> EndpointResponse {
        await Monitor.suppressed { await answer(request) }
    }

    /// Answers a request as the handler does, observed where it observes something.
    package func answer(_ request: EndpointRequest) async -> EndpointResponse {
        switch handler {
        case .synchronous(let answer): answer(request)
        case .asynchronous(let answer): await answer(request)
        }
    }
}
