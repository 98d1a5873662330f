extension Monitor.Operation {
    /// Runs a body in which the operation is current: for callback code.
    public func run<R, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        guard let record else { return try await body() }
        let result = await Binding.with(Binding.current.entering(record)) { () async -> Result<R, E> in
            do throws(E) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Runs a body in which the operation is current: for callback code.
    public func run<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        guard let record else { return try body() }
        let result = Binding.with(Binding.current.entering(record)) { () -> Result<R, E> in
            do throws(E) { return .success(try body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Ends an operation that ``Monitor/begin(_:continuing:trust:parent:)`` began.
    ///
    /// Only the first end counts.
    ///
    /// - Parameter error: Why it failed; `nil` when it did not.
    public func end(throwing error: (any Error)? = nil) {
        record?.finish(throwing: error)
    }
}

extension Monitor.Operation {
    /// Writes the trace context into the headers of an outgoing request or the `_meta` of a message.
    ///
    /// `traceparent` and `tracestate` go to everyone; `baggage` to everyone except other parties (`.chat`, `.embeddings`,
    /// `.external`) whose host is not among ``Monitor/Configuration/propagationTargets``. Where nobody listens the
    /// caller's context is passed on unchanged.
    ///
    /// - Parameters:
    ///   - carrier: The headers.
    ///   - host: The host they go to, which the targets are asked for.
    public func inject(into carrier: inout some Monitor.HeaderCarrier, to host: String? = nil) {
        inject(to: host) { carrier.set($0, $1) }
    }

    /// Writes the trace context by a closure, for header types of any kind.
    ///
    /// - Parameters:
    ///   - host: The host they go to.
    ///   - set: Sets a header, replacing what stands under that name.
    public func inject(to host: String? = nil, _ set: (_ name: String, _ value: String) -> Void) {
        guard let record else {
            guard let remote = Binding.current.remote else { return }
            return Monitor.Propagation.inject(remote.traceContext ?? .none, baggage: remote.baggage, set: set)
        }
        guard let monitor = record.monitor else { return }
        let context = monitor.propagators.contains(.traceContext) ? record.trace : .none
        let allowsBaggage = monitor.propagators.contains(.baggage) && monitor.allowsBaggage(from: record, to: host)
        Monitor.Propagation.inject(context, baggage: allowsBaggage ? record.baggage : nil, set: set)
    }
}

extension Monitor {
    func allowsBaggage(from record: Record, to host: String?) -> Bool {
        let isOtherParty = record.kind == .model || record.kind == .external
        return propagationTargets.allows(host: host, isOtherParty: isOtherParty)
    }
}
