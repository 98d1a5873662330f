internal import CMonitoringShims
import Synchronization

extension Monitor {
    /// What starting an operation came to: the operation, unless nobody hears of its kind, and what to bind.
    @usableFromInline
    struct Start: Sendable {
        @usableFromInline let record: Record?
        @usableFromInline let binding: Binding?
    }

    /// Begins an operation that ends when told: for callbacks, and for whatever does not fit into one closure.
    ///
    /// It is not current; `run` makes it so. Call ``Operation/end(throwing:)``; when the last copy of the handle
    /// goes without that, the operation ends as failed with `error.type=abandoned`.
    ///
    /// - Parameters:
    ///   - work: What is about to be done; computed only where somebody listens.
    ///   - carrier: The headers of whoever asked for it.
    ///   - trust: Whether the caller's trace becomes the parent or a link.
    ///   - parent: The parent; `nil` for the current operation.
    /// - Returns: The handle; an empty one where nobody listens.
    public func begin(
        _ work: @autoclosure () -> Work,
        continuing carrier: @autoclosure () -> (any HeaderCarrier)? = nil,
        trust: Trust = .parent,
        parent: Operation? = nil
    ) -> Operation {
        let start: Start
        if interest.load(ordering: .relaxed) == 0 {
            start = Start(record: nil, binding: carrier().flatMap { passing($0, trust) })
        } else {
            start = begin(work(), carrier(), trust, parent: parent?.record)
        }
        if let record = start.record { return Operation(record, token: BegunToken(record)) }
        return Operation(nil, token: start.binding.map(BegunToken.init(passing:)))
    }

    /// What to bind where nobody listens here.
    @usableFromInline
    func passing(_ carrier: any HeaderCarrier, _ trust: Trust) -> Binding? {
        guard trust == .parent, let remote = received(carrier) else { return nil }
        return Binding.current.unobserved(passing: Binding.Passed(remote: remote, monitor: self), scope: nil)
    }

    @usableFromInline
    func begin(_ work: consuming Work, _ carrier: (any HeaderCarrier)?, _ trust: Trust) -> Start {
        begin(work, carrier, trust, parent: nil)
    }

    private func begin(
        _ work: consuming Work,
        _ carrier: (any HeaderCarrier)?,
        _ trust: Trust,
        parent: Record?
    ) -> Start {
        let binding = Binding.current
        let remote = carrier.flatMap(received)
        guard isOn, !binding.isSuppressed, interest.load(ordering: .relaxed) & work.kind.rawValue != 0 else {
            return Start(record: nil, binding: unobserved(work.kind, trust == .parent ? remote : nil, binding))
        }
        let ambient = parent ?? binding.record.flatMap { $0.monitor === self ? $0 : nil }
        let origin = Origin(ambient: ambient, passed: binding.remote, incoming: remote, trust: trust)
        let record = makeRecord(work, origin, carrier)
        if ambient == nil, let scope = binding.frame?.scope { record.state.withLock { $0.scope = scope } }
        plugins.notifyStarted(record, clock: clock, diagnostics: diagnostics)
        return Start(record: record, binding: binding.entering(record))
    }

    /// What to bind around work that nobody hears of: the caller's context, and a scope where a request begins.
    private func unobserved(_ kind: Kinds, _ remote: RemoteContext?, _ binding: Binding) -> Binding? {
        let passed = remote.map { Binding.Passed(remote: $0, monitor: self) }
        let isInRequest = binding.record?.monitor === self || binding.frame?.scope != nil
        let begins = isOn && !binding.isSuppressed && (kind == .httpServer || !isInRequest)
        guard passed != nil || begins else { return nil }
        return binding.unobserved(passing: passed, scope: begins ? scope(in: binding).fork() : nil)
    }

    private func makeRecord(_ work: consuming Work, _ origin: Origin, _ carrier: (any HeaderCarrier)?) -> Record {
        // Taken out of the work, so that the array is the record's alone and never copied.
        var attributes: [Attribute] = []
        swap(&attributes, &work.attributes)
        clean(&attributes)
        let name = named(work)
        let context = spanContext(name, work.kind, origin, &attributes)
        let monotonic = clock.monotonicNanoseconds
        let requestID =
            work.kind == .httpServer ? RequestID.choose(work.requestID, carrier, redactor, makeTraceID) : nil
        if let requestID { attributes.append(Attribute(Detail<String>.requestID.key, .string(requestID))) }
        let local = origin.localParent
        let record = Record(
            kind: work.kind,
            name: name,
            spanKind: work.spanKind,
            trace: context,
            parentSpanID: local?.trace.spanID ?? origin.remoteParent?.spanID,
            parentIsRemote: local == nil && origin.remoteParent != nil,
            startUnixNanoseconds: unixNanoseconds(atMonotonic: monotonic),
            startMonotonic: monotonic,
            monitor: self,
            parent: local,
            request: requestID == nil ? local.map { $0.request ?? $0 } : nil,
            baggage: origin.baggage,
            passedOn: plugins.sampler == nil ? origin.remoteParent ?? local?.passedOn : nil,
            limits: plugins.limits,
            attributes: attributes
        )
        if requestID != nil || origin.link != nil {
            record.state.withLock { state in
                state.requestID = requestID
                if let link = origin.link {
                    state.append(Link(context: link), limits: plugins.limits, recordLimit: recordLimit)
                }
            }
        }
        return record
    }

    private func spanContext(
        _ name: OperationName,
        _ kind: Kinds,
        _ origin: Origin,
        _ attributes: inout [Attribute]
    ) -> TraceContext {
        let spanID = customIDs?.makeSpanID() ?? SpanID(RandomIDGenerator.bits())
        if let local = origin.localParent {
            var context = local.trace
            context.spanID = spanID
            return context
        }
        let parent = origin.remoteParent
        let traceID = parent?.traceID ?? makeTraceID()
        var context = TraceContext(
            traceID: traceID,
            spanID: spanID,
            flags: parent?.flags ?? .random,
            traceState: parent?.traceState ?? TraceState()
        )
        guard let sampler = plugins.sampler else { return context }
        let decision = sampler.decide(
            SamplingRequest(
                traceID: traceID,
                parent: parent,
                name: name,
                kind: kind,
                attributes: attributes
            )
        )
        if decision.isSampled { context.flags.insert(.sampled) } else { context.flags.remove(.sampled) }
        if let traceState = decision.traceState { context.traceState = traceState }
        // Adding nothing to an array that the request still holds would copy it.
        if !decision.attributes.isEmpty { attributes += decision.attributes.map(redactor.redact) }
        return context
    }

    private func received(_ carrier: any HeaderCarrier) -> RemoteContext? {
        guard var remote = RemoteContext.extract(from: carrier, report: { diagnostics.report($0.problem) }) else {
            return nil
        }
        if !propagators.contains(.traceContext) { remote.traceContext = nil }
        if !propagators.contains(.baggage) { remote.baggage = Baggage() }
        return remote
    }

    private func makeTraceID() -> TraceID { customIDs?.makeTraceID() ?? RandomIDGenerator().makeTraceID() }

    /// Redacts what a factory was given; numbers are not looked at.
    private func clean(_ attributes: inout [Attribute]) {
        for index in attributes.indices {
            let key = attributes[index].key
            if !redactor.isClear(identifier: key.name) { attributes[index].key = redactor.redact(key) }
            switch key.valueClass {
            case .number, .usage: continue
            default:
                let value = redactor.redact(attributes[index].value, key: key)
                attributes[index].value = plugins.limits.attributeValueLength.map(value.cut) ?? value
            }
        }
    }

    /// A name made up by a host is text like any other; what names a tool, a model or a table is an identifier.
    private func named(_ work: borrowing Work) -> OperationName {
        let name = work.name
        guard work.kind == .custom || work.kind == .external else {
            return OperationName(redactor.redact(identifier: name.verb), redactor.redact(identifier: name.subject))
        }
        return OperationName(redactor.redact(name.verb), redactor.redact(name.subject))
    }
}

/// Where an operation comes from.
private struct Origin {
    let localParent: Monitor.Record?
    let remoteParent: Monitor.TraceContext?
    let link: Monitor.TraceContext?
    let baggage: Monitor.Baggage

    /// A caller's context comes before the surroundings, which are then linked; without either it is a root.
    init(
        ambient: Monitor.Record?,
        passed: Monitor.RemoteContext?,
        incoming: Monitor.RemoteContext?,
        trust: Monitor.Trust
    ) {
        if let incoming, trust == .link {
            (localParent, remoteParent) = (nil, nil)
            link = incoming.traceContext
            baggage = Monitor.Baggage()
        } else if let incoming, let context = incoming.traceContext {
            (localParent, remoteParent) = (nil, context)
            link = ambient?.trace
            baggage = incoming.baggage
        } else if let ambient {
            (localParent, remoteParent, link) = (ambient, nil, nil)
            baggage = incoming?.baggage ?? ambient.baggage
        } else {
            (localParent, remoteParent, link) = (nil, passed?.traceContext, nil)
            baggage = incoming?.baggage ?? passed?.baggage ?? Monitor.Baggage()
        }
    }
}
