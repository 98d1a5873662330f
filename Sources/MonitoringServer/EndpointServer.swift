public import MonitoringCore

/// A small HTTP/1.1 server for endpoints, on a thread of its own.
public final class EndpointServer: Sendable {
    /// How the server listens, whom it answers, and how much it takes.
    public struct Configuration: Sendable {
        /// The address to listen on, or a name that leads to one.
        public var host = "127.0.0.1"
        /// The port; 0 for any that is free.
        public var port = 0
        /// What `Authorization: Bearer …` must hold for sensitive endpoints; `nil` where none is needed.
        public var token: String?
        /// The names besides `localhost` and IP addresses that a `Host` header may hold on a loopback address.
        public var allowedHosts: [String] = []
        /// Observes every request as an operation of this monitor; `nil` for none.
        public var observer: Monitor?
        /// How far callers are believed who send trace context.
        public var trust = Monitor.Trust.parent

        /// The documented defaults.
        public init() {}
    }

    /// Where a server listens.
    public struct Address: Sendable, Hashable {
        /// The address as text.
        public let host: String
        /// The port.
        public let port: Int
    }

    /// Makes a server; it does not listen yet.
    ///
    /// - Parameters:
    ///   - endpoints: What it serves.
    ///   - configuration: How.
    public init(_ endpoints: [Endpoint], configuration: Configuration = Configuration()) {}

    /// Listens, and serves from a thread of its own.
    ///
    /// - Returns: Where it listens.
    /// - Throws: Why it cannot.
    public func start() throws(ServerError) -> Address { Address(host: "", port: 0) }

    /// Stops listening, lets answers that are under way end, and closes what is left.
    ///
    /// - Parameter limit: How long that may take.
    public func stop(within limit: Duration = .seconds(5)) async {}
}

/// Why a server cannot listen.
public struct ServerError: Error {}
