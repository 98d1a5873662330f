public import Synchronization

extension Monitor {
    /// Does work that is observed: async, with a handle to tell what is learnt on the way.
    ///
    /// The operation is current in `body` and in the tasks it makes, ends when `body` does, and failed if `body` throws;
    /// a `CancellationError` makes it cancelled. What `body` returns and throws comes out unchanged. Where nobody listens
    /// this is one atomic load and the call, and neither `work` nor `continuing` costs anything.
    ///
    /// - Parameters:
    ///   - work: What is about to be done; computed only where somebody listens.
    ///   - carrier: The headers of whoever asked for it (or a message's `_meta`). Their trace is continued, or passed
    ///     through where nobody listens here.
    ///   - trust: Whether the caller's trace becomes the parent or a link.
    ///   - body: The work.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    @inlinable
    public func observe<R, E: Error>(
        _ work: @autoclosure () -> Work,
        continuing carrier: @autoclosure () -> (any HeaderCarrier)? = nil,
        trust: Trust = .parent,
        _ body: (Operation) async throws(E) -> R
    ) async throws(E) -> R {
        if interest.load(ordering: .relaxed) == 0 {
            guard let carrier = carrier() else { return try await body(.off) }
            return try await passThrough(carrier, trust) { () async throws(E) in try await body(.off) }
        }
        return try await observeListening(work(), carrier(), trust, body)
    }

    /// Does work that is observed: async, without a handle.
    ///
    /// See ``observe(_:continuing:trust:_:)-7rel6``.
    @inlinable
    public func observe<R, E: Error>(
        _ work: @autoclosure () -> Work,
        continuing carrier: @autoclosure () -> (any HeaderCarrier)? = nil,
        trust: Trust = .parent,
        _ body: () async throws(E) -> R
    ) async throws(E) -> R {
        if interest.load(ordering: .relaxed) == 0 {
            guard let carrier = carrier() else { return try await body() }
            return try await passThrough(carrier, trust, body)
        }
        return try await observeListening(work(), carrier(), trust) { (_: Operation) async throws(E) in
            try await body()
        }
    }

    /// Does work that is observed: sync, with a handle.
    ///
    /// See ``observe(_:continuing:trust:_:)-7rel6``.
    @inlinable
    public func observe<R, E: Error>(
        _ work: @autoclosure () -> Work,
        continuing carrier: @autoclosure () -> (any HeaderCarrier)? = nil,
        trust: Trust = .parent,
        _ body: (Operation) throws(E) -> R
    ) throws(E) -> R {
        if interest.load(ordering: .relaxed) == 0 {
            guard let carrier = carrier() else { return try body(.off) }
            return try passThrough(carrier, trust) { () throws(E) in try body(.off) }
        }
        return try observeListening(work(), carrier(), trust, body)
    }

    /// Does work that is observed: sync, without a handle.
    ///
    /// See ``observe(_:continuing:trust:_:)-7rel6``.
    @inlinable
    public func observe<R, E: Error>(
        _ work: @autoclosure () -> Work,
        continuing carrier: @autoclosure () -> (any HeaderCarrier)? = nil,
        trust: Trust = .parent,
        _ body: () throws(E) -> R
    ) throws(E) -> R {
        if interest.load(ordering: .relaxed) == 0 {
            guard let carrier = carrier() else { return try body() }
            return try passThrough(carrier, trust, body)
        }
        return try observeListening(work(), carrier(), trust) { (_: Operation) throws(E) in try body() }
    }
}

extension Monitor {
    @inlinable
    @inline(never)
    func observeListening<R, E: Error>(
        _ work: consuming Work,
        _ carrier: (any HeaderCarrier)?,
        _ trust: Trust,
        _ body: (Operation) async throws(E) -> R
    ) async throws(E) -> R {
        let start = begin(work, carrier, trust)
        guard let binding = start.binding else { return try await body(.off) }
        let operation = Operation(start.record)
        let result = await Binding.with(binding) { () async -> Result<R, E> in
            do throws(E) { return .success(try await body(operation)) } catch { return .failure(error) }
        }
        return try finish(start.record, result)
    }

    @inlinable
    @inline(never)
    func observeListening<R, E: Error>(
        _ work: consuming Work,
        _ carrier: (any HeaderCarrier)?,
        _ trust: Trust,
        _ body: (Operation) throws(E) -> R
    ) throws(E) -> R {
        let start = begin(work, carrier, trust)
        guard let binding = start.binding else { return try body(.off) }
        let operation = Operation(start.record)
        let result = Binding.with(binding) { () -> Result<R, E> in
            do throws(E) { return .success(try body(operation)) } catch { return .failure(error) }
        }
        return try finish(start.record, result)
    }

    @inlinable
    func finish<R, E: Error>(_ record: Record?, _ result: Result<R, E>) throws(E) -> R {
        switch result {
        case .success(let value):
            record?.finish()
            return value
        case .failure(let error):
            record?.finish(throwing: error)
            throw error
        }
    }

    /// Runs a body with the caller's context bound, so that `inject` passes it on though nobody listens.
    @inlinable
    @inline(never)
    func passThrough<R, E: Error>(
        _ carrier: any HeaderCarrier,
        _ trust: Trust,
        _ body: () async throws(E) -> R
    ) async throws(E) -> R {
        guard let binding = passing(carrier, trust) else { return try await body() }
        let result = await Binding.with(binding) { () async -> Result<R, E> in
            do throws(E) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    @inlinable
    @inline(never)
    func passThrough<R, E: Error>(
        _ carrier: any HeaderCarrier,
        _ trust: Trust,
        _ body: () throws(E) -> R
    ) throws(E) -> R {
        guard let binding = passing(carrier, trust) else { return try body() }
        let result = Binding.with(binding) { () -> Result<R, E> in
            do throws(E) { return .success(try body()) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
