public import MonitoringCore

extension EndpointServer {
    /// How the server listens, whom it answers, and how much it takes.
    ///
    /// No description of it shows the token.
    public struct Configuration: Sendable {
        /// The address to listen on, or a name that leads to one.
        ///
        /// Of several addresses of a name the first counts that can be listened on, IPv4 before IPv6.
        public var host = "127.0.0.1"
        /// The port; 0 for any that is free.
        public var port = 0
        /// What `Authorization: Bearer …` must hold for sensitive endpoints; `nil` where none is needed.
        ///
        /// Beyond loopback sensitive endpoints are refused without one. An empty token fits no request.
        public var token: String?
        /// The names besides `localhost` and IP addresses that a `Host` header may hold on a loopback address.
        ///
        /// Ports do not count.
        public var allowedHosts: [String] = []
        /// Observes every request as an operation of this monitor; `nil` for none.
        ///
        /// With one, handlers run within the operation; without, what they do is not observed.
        public var observer: Monitor?
        /// How far callers are believed who send trace context.
        public var trust = Monitor.Trust.parent
        /// How much and how long the server takes.
        public var limits = Limits()
        /// Where deadlines and the `Date` header take the time from.
        public var clock: any MonitoringClock = SystemClock()

        /// Whether answers of endpoints get the headers of the layer's own pages, where they do not set them.
        var guardsAnswers = false
        /// Whether `poll` is used where the system has something better.
        package var usesPoll = false

        /// The documented defaults.
        public init() {}
    }
}

extension EndpointServer.Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where it listens; no secrets.
    public var description: String { "EndpointServer.Configuration(host: \(host), port: \(port))" }
    /// Where it listens; no secrets.
    public var debugDescription: String { description }
    /// A mirror without the token.
    public var customMirror: Mirror {
        Mirror(self, children: ["host": host, "port": port, "allowedHosts": allowedHosts, "limits": limits])
    }
}
