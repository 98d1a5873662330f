package import Synchronization

extension Monitor {
    /// One operation as plugins read it: what it is, and, once it ended, how it went.
    ///
    /// All text in it went through redaction, but for what a host says on purpose: the user's fields, and the error itself in
    /// ``Monitor/Failure/error``. Reading it is safe from any thread; before the end, what is read may
    /// still change.
    public final class Record: Sendable {
        /// What kind of operation it is: one bit.
        public let kind: Monitor.Kinds
        /// The name in its two parts.
        public let nameParts: Monitor.OperationName
        /// The role of the span.
        public let spanKind: Monitor.SpanKind
        /// The operation's own trace context.
        public let trace: Monitor.TraceContext
        /// The parent's span id; `nil` for a root.
        public let parentSpanID: Monitor.SpanID?
        /// True when the parent is in another process.
        public let parentIsRemote: Bool
        /// When it started, in Unix nanoseconds.
        public let startUnixNanoseconds: UInt64

        package let startMonotonic: UInt64
        package let monitor: Monitor?
        /// The root of the operations in this process that this one belongs to.
        package let rootSpanID: Monitor.SpanID
        package let request: Monitor.Record?
        package let baggage: Monitor.Baggage
        /// The caller's context, where nobody here records the trace: what is called next must find it unbroken.
        package let passedOn: Monitor.TraceContext?
        package let limits: Monitor.Limits
        /// The name of the innermost agent that the operation belongs to, its own if it is one.
        package let agent: String?
        /// Where the flight recorder has the operation: a number from 1 on; 0 where it does not.
        package let flightSlot = Atomic<UInt32>(0)
        package let state: Mutex<State>

        package struct State: Sendable {
            package var attributes: [Monitor.Attribute]
            package var events: [Monitor.Event] = []
            package var links: [Monitor.Link] = []
            package var droppedAttributes = 0
            package var droppedEvents = 0
            package var droppedLinks = 0
            package var outcome = Monitor.Outcome.success
            package var failure: Monitor.Failure?
            package var endMonotonic: UInt64?
            package var byteCount = 0
            package var usesTokens = false
            package var childUsage = TokenUsage()
            package var childFailure: (type: String, message: String)?
            package var firstPieceMonotonic: UInt64?
            package var requestID: String?
            package var scope: Monitor.Scope?
            package var messages: [CapturedMessage] = []
            /// Until the end: what ended keeps nobody, so that a chain of tasks, each made in the one before, does not grow.
            package var parent: Monitor.Record?
            /// What the metrics plugin found at the start and needs again at the end.
            package var metricSeries: (any AnyObject & Sendable)?
        }

        package init(
            kind: Monitor.Kinds,
            name: Monitor.OperationName,
            spanKind: Monitor.SpanKind,
            trace: Monitor.TraceContext,
            parentSpanID: Monitor.SpanID?,
            parentIsRemote: Bool,
            startUnixNanoseconds: UInt64,
            startMonotonic: UInt64 = 0,
            monitor: Monitor? = nil,
            parent: Monitor.Record? = nil,
            request: Monitor.Record? = nil,
            baggage: Monitor.Baggage = Monitor.Baggage(),
            passedOn: Monitor.TraceContext? = nil,
            limits: Monitor.Limits = Monitor.Limits(),
            attributes: consuming [Monitor.Attribute]
        ) {
            self.kind = kind
            self.nameParts = name.bounded
            self.spanKind = spanKind
            self.trace = trace
            self.parentSpanID = parentSpanID
            self.parentIsRemote = parentIsRemote
            self.startUnixNanoseconds = startUnixNanoseconds
            self.startMonotonic = startMonotonic
            self.monitor = monitor
            self.rootSpanID = parent?.rootSpanID ?? trace.spanID
            self.request = request
            self.baggage = baggage
            self.passedOn = passedOn
            self.limits = limits
            self.agent = kind == .agent ? nameParts.subject : parent?.agent
            var state = State(attributes: attributes)
            state.parent = parent
            if let monitor { state.fit(limits, recordLimit: monitor.recordLimit) }
            self.state = Mutex(state)
        }
    }
}

extension Monitor.Record {
    /// The operation's name, such as `chat claude-sonnet-4`.
    public var name: String { nameParts.description }

    /// Whether the trace is recorded: the W3C sampled flag.
    public var isSampled: Bool { trace.isSampled }

    /// How long it took; until now, while it runs.
    public var duration: Duration {
        let end = state.withLock(\.endMonotonic) ?? monitor?.clock.monotonicNanoseconds ?? startMonotonic
        return .nanoseconds(Int64(clamping: end &- min(startMonotonic, end)))
    }

    /// When it ended, in Unix nanoseconds: the start and the duration by the monotonic clock.
    ///
    /// `nil` while it runs.
    public var endUnixNanoseconds: UInt64? {
        state.withLock(\.endMonotonic).map { startUnixNanoseconds &+ ($0 &- min(startMonotonic, $0)) }
    }

    /// How it went; `success` while it runs.
    public var outcome: Monitor.Outcome { state.withLock(\.outcome) }

    /// Why it failed; `nil` unless it did.
    public var failure: Monitor.Failure? { state.withLock(\.failure) }

    /// The id of the request that it belongs to; `nil` outside of one.
    public var requestID: String? { isInOwnProcess ? (request ?? self).state.withLock(\.requestID) : nil }

    /// The events so far, in order.
    public var events: [Monitor.Event] { state.withLock(\.events) }

    /// The links so far, in order.
    public var links: [Monitor.Link] { state.withLock(\.links) }

    /// The attributes so far, in order.
    public var attributes: [Monitor.Attribute] { state.withLock(\.attributes) }

    /// What the attribute with that key holds.
    public subscript<V: Monitor.LabelValue>(_ label: Monitor.Label<V>) -> V? {
        isInOwnProcess ? value(label.key).flatMap(V.init) : nil
    }

    /// What the attribute with that key holds.
    public subscript<V: Monitor.AttributeValue>(_ detail: Monitor.Detail<V>) -> V? {
        isInOwnProcess ? value(detail.key).flatMap(V.init) : nil
    }

    /// Visits the attributes in order without copying them.
    ///
    /// - Parameter body: Called once an attribute, with the record locked: it must not touch the operation.
    public func forEachAttribute(_ body: (Monitor.Attribute) -> Void) {
        state.withLock { state in
            for attribute in state.attributes { body(attribute) }
        }
    }

    /// False in a forked child: threads that do not exist there may hold the locks in here.
    package var isInOwnProcess: Bool { monitor?.isInOwnProcess ?? true }

    private func value(_ key: Monitor.AttributeKey) -> Monitor.Value? {
        state.withLock { state in state.attributes.first { $0.key == key }?.value }
    }
}
