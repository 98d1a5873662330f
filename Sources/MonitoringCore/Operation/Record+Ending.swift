import Synchronization

extension Monitor.Record {
    /// Ends the operation, once; whoever comes later is ignored.
    ///
    /// - Parameters:
    ///   - error: What the body threw.
    ///   - type: The `error.type` when there is no error to take it from.
    @usableFromInline
    package func finish(throwing error: (any Error)? = nil, failureType type: String? = nil) {
        guard let monitor, monitor.isInOwnProcess else { return }
        let now = monitor.clock.monotonicNanoseconds
        let told = error.map { ErrorText(describing: $0, redactor: monitor.redactor) }
        let isCancellation = error is CancellationError
        var usage = TokenUsage()
        var reported: (type: String, message: String)?
        var parent: Monitor.Record?
        let ended: Bool = state.withLock { state in
            guard state.endMonotonic == nil else { return false }
            if isCancellation {
                state.outcome = .cancelled
                state.failure = nil
            } else if let told {
                fail(&state, type: told.type, message: told.message, error: error)
            } else if let type {
                fail(&state, type: type, message: "", error: nil)
            } else if state.failure == nil {
                failByStatus(&state)
            }
            if let failure = state.failure {
                state.setFinal(Monitor.Attribute(Monitor.Label<String>.errorType.key, .string(failure.type)))
                reported = (failure.type, failure.message)
            }
            finishContent(&state)
            finishUser(&state)
            finishStream(&state)
            usage = finishUsage(&state)
            state.endMonotonic = now
            swap(&parent, &state.parent)
            return true
        }
        guard ended else { return }
        if let parent { parent.absorb(usage, reported) }
        monitor.notifyEnded(self)
    }

    /// Says that the operation failed though nothing was thrown; the last call wins.
    package func markFailed(type: String, message: String, error: (any Error)?) {
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            fail(&state, type: type, message: message, error: error)
        }
    }

    private func fail(_ state: inout State, type: String, message: String, error: (any Error)?) {
        let passedThrough = state.childFailure.map { $0.type == type && $0.message == message } ?? false
        state.outcome = .error
        state.failure = Monitor.Failure(type: type, message: message, error: error, surfacedHere: !passedThrough)
        guard error != nil, !passedThrough, let monitor else { return }
        let event = Monitor.Event(
            name: "exception",
            unixNanoseconds: monitor.unixNow(),
            attributes: [
                Monitor.Attribute(Monitor.Detail<String>.exceptionType.key, .string(type)),
                Monitor.Attribute(Monitor.Detail<String>.exceptionMessage.key, .string(message)),
            ]
        )
        state.append(event, limits: limits, recordLimit: monitor.recordLimit)
    }

    /// An HTTP status that means failure: from 400 on for a client, from 500 on for a server.
    private func failByStatus(_ state: inout State) {
        guard kind == .httpServer || kind == .httpClient else { return }
        let key = Monitor.Label<Int>.responseStatus.key
        guard let attribute = state.attributes.first(where: { $0.key == key }), case .int(let status) = attribute.value,
            status >= (kind == .httpServer ? 500 : 400)
        else { return }
        state.outcome = .error
        state.failure = Monitor.Failure(type: String(status), message: "", error: nil, surfacedHere: true)
    }

    /// Writes an agent's totals, its children's included, and tells what the parent is to add.
    private func finishUsage(_ state: inout State) -> TokenUsage {
        // Where nobody adds up, the counts stand on the span already.
        guard state.parent != nil || !state.childUsage.isEmpty else { return TokenUsage() }
        var usage = state.usesTokens ? TokenUsage(state.attributes) : TokenUsage()
        guard !state.childUsage.isEmpty else { return usage }
        usage.add(state.childUsage)
        if kind == .agent {
            for attribute in usage.attributes { state.setFinal(attribute) }
        }
        return usage
    }

    private func finishStream(_ state: inout State) {
        guard let first = state.firstPieceMonotonic else { return }
        let seconds = Double(first &- min(startMonotonic, first)) / 1e9
        state.setFinal(Monitor.Attribute(Monitor.Detail<Double>.timeToFirstChunk.key, .double(seconds)))
    }

    private func absorb(_ usage: TokenUsage, _ failure: (type: String, message: String)?) {
        if usage.isEmpty, failure == nil { return }
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            state.childUsage.add(usage)
            if let failure { state.childFailure = failure }
        }
    }

    /// A request's user goes onto its span as the host gave it.
    private func finishUser(_ state: inout State) {
        guard let user = state.scope?.user else { return }
        let fields = [("user.id", user.id), ("user.email", user.email), ("user.name", user.username)]
        for (name, value) in fields {
            guard let value else { continue }
            let key = Monitor.AttributeKey(name, .identifier, isLabel: false)
            state.setFinal(Monitor.Attribute(key, .string(value)))
        }
    }

    private func finishContent(_ state: inout State) {
        guard !state.messages.isEmpty else { return }
        for attribute in ContentMessages.attributes(of: state.messages) { state.setFinal(attribute) }
        state.messages = []
    }
}

extension Monitor.Record.State {
    /// Sets an attribute that the layer itself owes, whatever the limits.
    fileprivate mutating func setFinal(_ attribute: Monitor.Attribute) {
        if let index = attributes.firstIndex(where: { $0.key == attribute.key }) {
            attributes[index] = attribute
        } else {
            attributes.append(attribute)
        }
    }
}
