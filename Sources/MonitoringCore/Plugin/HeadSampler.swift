extension Monitor {
    /// Decides, for a root or a remote parent and before any plugin hears of the operation, whether the trace is recorded.
    public protocol HeadSampler: Sendable {
        /// Decides. Called on the caller's thread; must not block.
        ///
        /// - Parameter request: What is known before the operation starts.
        /// - Returns: The decision, which becomes the W3C sampled flag and `tracestate`.
        func decide(_ request: SamplingRequest) -> SamplingDecision
    }

    /// What is known of an operation before it starts.
    public struct SamplingRequest: Sendable {
        /// The trace that it will belong to.
        public let traceID: Monitor.TraceID
        /// The remote parent; `nil` for a root.
        public let parent: Monitor.TraceContext?
        /// The operation's name.
        public let name: Monitor.OperationName
        /// The operation's kind.
        public let kind: Monitor.Kinds
        /// The attributes known beforehand, redacted.
        public let attributes: [Monitor.Attribute]

        /// Makes a request.
        public init(
            traceID: Monitor.TraceID,
            parent: Monitor.TraceContext? = nil,
            name: Monitor.OperationName = Monitor.OperationName(""),
            kind: Monitor.Kinds = .custom,
            attributes: [Monitor.Attribute] = []
        ) {
            self.traceID = traceID
            self.parent = parent
            self.name = name
            self.kind = kind
            self.attributes = attributes
        }
    }

    /// What a head sampler decided.
    public struct SamplingDecision: Sendable {
        /// Whether the trace is recorded.
        public var isSampled: Bool
        /// The `tracestate` that goes on; `nil` keeps the parent's.
        public var traceState: Monitor.TraceState?
        /// Attributes that the sampler adds to the operation.
        public var attributes: [Monitor.Attribute]

        /// Makes a decision.
        public init(isSampled: Bool, traceState: Monitor.TraceState? = nil, attributes: [Monitor.Attribute] = []) {
            self.isSampled = isSampled
            self.traceState = traceState
            self.attributes = attributes
        }
    }
}
