extension Monitor.Operation {
    /// Runs a body in which the operation is current: for callback code.
    public func run<R, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        guard let binding else { return try await body() }
        let result = await Binding.with(binding) { () async -> Result<R, E> in
            do throws(E) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Runs a body in which the operation is current: for callback code.
    public func run<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        guard let binding else { return try body() }
        let result = Binding.with(binding) { () -> Result<R, E> in
            do throws(E) { return .success(try body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// What to bind to make the operation current.
    private var binding: Binding? {
        if let record { return Binding.current.entering(record) }
        return token?.passing
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
    /// `.external`) whose host is not among ``Monitor/Configuration/propagationTargets``. Where nobody records the trace
    /// the caller's context is passed on unchanged, and without a listener what is called is not known: baggage then
    /// goes by the targets' hosts alone.
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
        if let record { return record.inject(to: host, set) }
        let place = token?.passing ?? Binding.current
        if let passed = place.frame?.passed {
            // What is called is not known where nobody listens, but the host's own rules hold.
            let allowsBaggage = passed.monitor.propagationTargets.allows(host: host)
            let context = passed.remote.traceContext ?? .none
            Monitor.Propagation.inject(context, baggage: allowsBaggage ? passed.remote.baggage : nil, set: set)
        } else {
            place.record?.inject(to: host, set)
        }
    }
}

extension Monitor.Record {
    fileprivate func inject(to host: String?, _ set: (_ name: String, _ value: String) -> Void) {
        guard let monitor else { return }
        let context = monitor.propagators.contains(.traceContext) ? passedOn ?? trace : .none
        let isOtherParty = kind == .model || kind == .external
        let allowsBaggage =
            monitor.propagators.contains(.baggage)
            && monitor.propagationTargets.allows(host: host, isOtherParty: isOtherParty)
        Monitor.Propagation.inject(context, baggage: allowsBaggage ? baggage : nil, set: set)
    }
}
