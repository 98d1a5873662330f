extension Monitor {
    /// The handle of one operation, given to the body of `observe`.
    ///
    /// A copyable value that may be kept, sent to other tasks and written from several at once. Where nobody listens it is
    /// empty, and every call on it is one branch. After the operation's end writes are ignored.
    @frozen
    public struct Operation: Sendable {
        @usableFromInline let record: Monitor.Record?
        @usableFromInline let token: BegunToken?

        @inlinable
        init(_ record: Monitor.Record?) {
            self.record = record
            self.token = nil
        }

        init(_ record: Monitor.Record?, token: BegunToken?) {
            self.record = record
            self.token = token
        }

        /// The empty operation.
        @inlinable
        public static var off: Operation { Operation(nil) }

        /// The operation in which this task runs; the empty one outside of any.
        public static var current: Operation { Operation(Binding.current.record) }

        /// Whether somebody listens, so that work for an attribute is worth doing.
        @inlinable
        public var isObserved: Bool { record != nil }

        /// The operation's trace context; that of the caller, passed through, where nobody listens; `nil` outside of any.
        public var trace: Monitor.TraceContext? {
            if let record { return record.trace }
            return (token?.passing ?? Binding.current).remote?.traceContext
        }

        /// The id of the request that it belongs to; empty outside of one and where nobody listens.
        public var requestID: String { record?.requestID ?? "" }
    }
}

extension Monitor.Operation {
    /// A label.
    ///
    /// Setting `nil` changes nothing.
    @inlinable
    public subscript<V: Monitor.LabelValue>(_ label: Monitor.Label<V>) -> V? {
        get { record.flatMap { $0[label] } }
        nonmutating set {
            if let record, let newValue { record.set(label.key, newValue.monitorValue) }
        }
    }

    /// A detail.
    ///
    /// Setting `nil` changes nothing.
    @inlinable
    public subscript<V: Monitor.AttributeValue>(_ detail: Monitor.Detail<V>) -> V? {
        get { record.flatMap { $0[detail] } }
        nonmutating set {
            if let record, let newValue { record.set(detail.key, newValue.monitorValue) }
        }
    }

    /// Sets a label whose value is computed only where somebody listens.
    @inlinable
    public func set<V: Monitor.LabelValue>(_ label: Monitor.Label<V>, _ value: @autoclosure () -> V) {
        if let record { record.set(label.key, value().monitorValue) }
    }

    /// Sets a detail whose value is computed only where somebody listens.
    @inlinable
    public func set<V: Monitor.AttributeValue>(_ detail: Monitor.Detail<V>, _ value: @autoclosure () -> V) {
        if let record { record.set(detail.key, value().monitorValue) }
    }

    /// Sets a label by name; the value is computed only where somebody listens.
    @inlinable
    public func label<V: Monitor.LabelValue>(_ name: String, _ value: @autoclosure () -> V) {
        if let record { record.set(Monitor.Label<V>(name: name).key, value().monitorValue) }
    }

    /// Sets a detail by name; the value is computed only where somebody listens.
    @inlinable
    public func detail<V: Monitor.AttributeValue>(_ name: String, _ value: @autoclosure () -> V) {
        if let record { record.set(Monitor.Detail<V>(name: name).key, value().monitorValue) }
    }

    /// Notes that something happened now.
    ///
    /// - Parameters:
    ///   - name: What happened: few values.
    ///   - attributes: What belongs to it; computed only where somebody listens.
    public func event(_ name: String, _ attributes: @autoclosure () -> Monitor.Attributes = [:]) {
        if let record { record.addEvent(name, attributes()) }
    }

    /// Links another span that has to do with this one.
    public func link(_ context: Monitor.TraceContext, _ attributes: @autoclosure () -> Monitor.Attributes = [:]) {
        if let record { record.addLink(context, attributes()) }
    }

    /// Captures a prompt, an answer, or a tool's arguments or result.
    ///
    /// Nothing is captured unless `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` asks for it; the text is then
    /// redacted like any other.
    ///
    /// - Parameters:
    ///   - role: Who says it: `"user"`, `"assistant"`, `"system"`, `"tool"`, `.toolArguments`, `.toolResult`.
    ///   - text: What is said; computed only when it is captured.
    public func content(_ role: Monitor.ContentRole, _ text: @autoclosure () -> String) {
        if let record, let monitor = record.monitor, monitor.capturesContent { record.addContent(role, text()) }
    }

    /// Says that a piece of a streamed answer came; the first stamps the time to first token.
    @inlinable
    public func received() {
        if let record { record.received() }
    }

    /// Says that the operation failed though its body does not throw.
    ///
    /// The last call wins.
    ///
    /// - Parameter error: Why; its type becomes `error.type`, its description the status message.
    public func fail(_ error: any Error) {
        guard let record, let monitor = record.monitor, monitor.isInOwnProcess else { return }
        let text = ErrorText(describing: error, redactor: monitor.redactor)
        record.markFailed(type: text.type, message: text.message, error: error)
    }

    /// Says that the operation failed though its body does not throw.
    ///
    /// The last call wins.
    ///
    /// - Parameters:
    ///   - type: `error.type`: few values, such as a provider's code.
    ///   - message: What went wrong; computed only where somebody listens.
    public func fail(_ type: String, _ message: @autoclosure () -> String = "") {
        guard let record, let monitor = record.monitor, monitor.isInOwnProcess else { return }
        record.markFailed(
            type: ErrorText.type(type, redactor: monitor.redactor),
            message: ErrorText.bounded(monitor.redactor.redact(message())),
            error: nil
        )
    }

    /// Notes an error that was handled: an `exception` event; the operation does not fail by it.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - attributes: Attributes that add to or replace `exception.type` and `exception.message`.
    public func recordException(_ error: any Error, _ attributes: @autoclosure () -> Monitor.Attributes = [:]) {
        guard let record, let monitor = record.monitor, monitor.isInOwnProcess else { return }
        let text = ErrorText(describing: error, redactor: monitor.redactor)
        var all: Monitor.Attributes = [:]
        all[.exceptionType] = text.type
        all[.exceptionMessage] = text.message
        for attribute in attributes().entries { all.set(attribute.key, attribute.value) }
        record.addEvent("exception", all)
    }
}
