import Synchronization

extension Monitor {
    /// The scope of the request or root operation in which this task runs; outside of any, the one that all start from.
    ///
    /// Where no plugin listens at all it forgets what it is told.
    public var scope: Scope {
        guard isOn, interest.load(ordering: .relaxed) != 0 else { return .inert }
        let binding = Binding.current
        return binding.isSuppressed ? .inert : scope(in: binding)
    }

    func scope(in binding: Binding) -> Scope {
        if let scope = binding.frame?.scope { return scope }
        guard let record = binding.record, record.monitor === self else { return baseScope }
        return scope(of: record)
    }

    /// Captures an error by hand, for the plugins that hear errors.
    ///
    /// A failed operation captures what its body threw by itself; this is for errors that were handled.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - level: How bad it is.
    ///   - attributes: What to tell with it; computed only where somebody listens.
    public func capture(
        _ error: any Error,
        level: Severity = .error,
        _ attributes: @autoclosure () -> Attributes = [:]
    ) {
        guard hears(.captures) else { return noteEarly(.capture) }
        let text = ErrorText(describing: error, redactor: redactor)
        deliver(.error(error, type: text.type, message: text.message), level, attributes())
    }

    /// Captures a message by hand, for the plugins that hear errors.
    ///
    /// - Parameters:
    ///   - message: What happened; computed only where somebody listens.
    ///   - level: How bad it is.
    ///   - tags: What to tell with it; computed only where somebody listens.
    public func capture(
        _ message: @autoclosure () -> String,
        level: Severity = .info,
        tags: @autoclosure () -> Attributes = [:]
    ) {
        guard hears(.captures) else { return noteEarly(.capture) }
        deliver(.message(redactor.redact(message())), level, tags())
    }

    /// Logs a line, for the plugins that hear logs.
    ///
    /// - Parameters:
    ///   - level: How bad it is.
    ///   - message: What it says; computed only where somebody listens.
    ///   - attributes: What belongs to it; computed only where somebody listens.
    public func log(
        _ level: Severity,
        _ message: @autoclosure () -> String,
        _ attributes: @autoclosure () -> Attributes = [:]
    ) {
        guard hears(.logs) else { return noteEarly(.log) }
        let place = place()
        let entry = LogEntry(
            level: level,
            message: redactor.redact(message()),
            attributes: redacted(attributes()),
            operation: place.record,
            trace: place.trace,
            scope: place.scope,
            unixNanoseconds: unixNow()
        )
        for slot in plugins.slots where slot.hears.contains(.logs) { slot.plugin.logged(entry) }
    }

    /// Leaves a crumb in the request's scope, for the error that may come.
    ///
    /// - Parameters:
    ///   - message: What happened; computed only where somebody listens.
    ///   - category: What kind of step.
    ///   - level: How bad it was.
    ///   - data: What belongs to it; computed only where somebody listens.
    public func breadcrumb(
        _ message: @autoclosure () -> String,
        category: String = "app",
        level: Severity = .info,
        _ data: @autoclosure () -> Attributes = [:]
    ) {
        guard isOn, !Binding.current.isSuppressed else { return }
        let crumb = Breadcrumb(
            unixNanoseconds: unixNow(),
            message: redactor.redact(message()),
            category: redactor.redact(identifier: category),
            level: level,
            data: redacted(data())
        )
        scope.add(crumb)
        guard plugins.hears.contains(.breadcrumbs) else { return }
        for slot in plugins.slots where slot.hears.contains(.breadcrumbs) { slot.plugin.noted(crumb) }
    }

    private func deliver(_ subject: Capture.Subject, _ level: Severity, _ attributes: Attributes) {
        let place = place()
        let capture = Capture(
            subject: subject,
            level: level,
            attributes: redacted(attributes),
            operation: place.record,
            trace: place.trace,
            scope: place.scope,
            unixNanoseconds: unixNow()
        )
        for slot in plugins.slots where slot.hears.contains(.captures) { slot.plugin.captured(capture) }
    }

    private func hears(_ signal: PluginSignals) -> Bool {
        isOn && plugins.hears.contains(signal) && !Binding.current.isSuppressed
    }

    private func place() -> (record: Record?, trace: TraceContext?, scope: Scope) {
        let binding = Binding.current
        guard let record = binding.record, record.monitor === self else {
            return (nil, binding.remote?.traceContext, scope(in: binding))
        }
        return (record, record.trace, scope(in: binding))
    }

    /// The scope of the request or root that a record belongs to, made when it is first asked for.
    func scope(of record: Record) -> Scope {
        var owners: [Record] = []
        var scope = baseScope
        var next: Record? = record.request ?? record
        while let owner = next {
            let (known, parent) = owner.state.withLock { ($0.scope, $0.parent) }
            if let known {
                scope = known
                break
            }
            owners.append(owner)
            next = parent.map { $0.request ?? $0 }
        }
        for owner in owners.reversed() {
            let outer = scope
            scope = owner.state.withLock { state in
                if let scope = state.scope { return scope }
                let scope = outer.fork()
                state.scope = scope
                return scope
            }
        }
        return scope
    }

    private func redacted(_ attributes: Attributes) -> [Attribute] {
        attributes.entries.map { redactor.redact($0) }
    }
}
