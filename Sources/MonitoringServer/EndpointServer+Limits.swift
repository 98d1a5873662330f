internal import MonitoringCore

extension EndpointServer {
    /// How much and how long a server takes, of one request and of all.
    ///
    /// Sizes and counts below 1 count as 1, times below zero as zero. Deadlines may be met up to 50 ms late.
    public struct Limits: Sendable, Hashable {
        /// The longest request line, in bytes with its line break; beyond: 414.
        ///
        /// Default: 8 KiB.
        public var requestLineBytes = 8 << 10
        /// The longest header section, or trailer section, in bytes; beyond: 431.
        ///
        /// Default: 32 KiB.
        public var headerBytes = 32 << 10
        /// The most headers, or trailers; beyond: 431.
        ///
        /// Default: 100.
        public var headerCount = 100
        /// The longest body of a request, in bytes; beyond: 413.
        ///
        /// Default: 1 MiB.
        public var bodyBytes = 1 << 20
        /// The most bytes that the bodies of all requests take together; beyond: 503.
        ///
        /// Default: 64 MiB.
        public var bodiesBytes = 64 << 20
        /// The most connections.
        ///
        /// One more takes the place of that which has been waiting longest without a request under way; where none has,
        /// it gets 503. Default: 1024.
        public var connections = 1024
        /// The most requests of one connection; the last is answered with `Connection: close`.
        ///
        /// Default: 10 000.
        public var requestsPerConnection = 10_000
        /// The most requests of one connection that are answered before other connections have their turn.
        ///
        /// However many were sent at once, one is answered after the other, and what follows them is not read meanwhile.
        /// Default: 32.
        public var pipelinedRequests = 32
        /// How long the head of a request may take; beyond: 408.
        ///
        /// A connection on which nothing comes for as long at its begin is closed. Default: 10 s.
        public var headTime = Duration.seconds(10)
        /// How long the body of a request may take; beyond: 408.
        ///
        /// Default: 30 s.
        public var bodyTime = Duration.seconds(30)
        /// How long an asynchronous handler may take to answer; beyond: 503, and its task is cancelled.
        ///
        /// A streamed body may take as long as it likes. Default: 60 s.
        public var handlerTime = Duration.seconds(60)
        /// How long a connection is kept on which no further request begins.
        ///
        /// Default: 60 s.
        public var idleTime = Duration.seconds(60)
        /// How long a reader may take nothing of what is there for it; beyond, the connection is reset.
        ///
        /// Default: 30 s.
        public var writeTime = Duration.seconds(30)

        /// The documented defaults.
        public init() {}
    }
}
