import Synchronization

/// A message whose content was opted into.
package struct CapturedMessage: Sendable {
    package let role: Monitor.ContentRole
    package let text: String
}

extension Monitor.Record {
    /// Sets an attribute: redacted, then bounded.
    ///
    /// Ignored once the operation ended.
    @usableFromInline
    package func set(_ key: Monitor.AttributeKey, _ value: Monitor.Value) {
        guard isInOwnProcess else { return }
        let clean = cleaned(key, value)
        let name = monitor?.redactor.redact(key) ?? key
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            if key.valueClass == .usage { state.usesTokens = true }
            state.put(Monitor.Attribute(name, clean), limits: limits, recordLimit: recordLimit)
        }
    }

    package func addEvent(_ name: String, _ attributes: Monitor.Attributes) {
        guard isInOwnProcess else { return }
        let event = makeEvent(name, attributes)
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            state.append(event, limits: limits, recordLimit: recordLimit)
        }
    }

    package func addLink(_ context: Monitor.TraceContext, _ attributes: Monitor.Attributes) {
        guard isInOwnProcess else { return }
        let kept = kept(attributes, limit: limits.linkAttributeCount)
        let link = Monitor.Link(context: context, attributes: kept, droppedAttributes: attributes.count - kept.count)
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            state.append(link, limits: limits, recordLimit: recordLimit)
        }
    }

    /// Stamps the time to the first piece.
    @usableFromInline
    package func received() {
        guard let monitor, isInOwnProcess else { return }
        let now = monitor.clock.monotonicNanoseconds
        state.withLock { state in
            guard state.endMonotonic == nil, state.firstPieceMonotonic == nil else { return }
            state.firstPieceMonotonic = now
        }
    }

    package func addContent(_ role: Monitor.ContentRole, _ text: String) {
        guard let monitor, isInOwnProcess else { return }
        let clean = monitor.redactor.redact(text)
        let limit = recordLimit
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            state.byteCount += clean.utf8.count
            guard state.byteCount <= limit else {
                state.droppedAttributes += 1
                return
            }
            state.messages.append(CapturedMessage(role: role, text: clean))
        }
    }

    package func makeEvent(_ name: String, _ attributes: Monitor.Attributes) -> Monitor.Event {
        let kept = kept(attributes, limit: limits.eventAttributeCount)
        return Monitor.Event(
            name: monitor?.redactor.redact(name) ?? name,
            unixNanoseconds: monitor?.unixNow() ?? startUnixNanoseconds,
            attributes: kept,
            droppedAttributes: attributes.count - kept.count
        )
    }

    /// The attributes that have a name, up to a limit, redacted.
    private func kept(_ attributes: Monitor.Attributes, limit: Int) -> [Monitor.Attribute] {
        attributes.entries.lazy.filter { !$0.key.name.isEmpty }.prefix(limit).map {
            Monitor.Attribute(self.monitor?.redactor.redact($0.key) ?? $0.key, self.cleaned($0.key, $0.value))
        }
    }

    private var recordLimit: Int { monitor?.recordLimit ?? 1 << 20 }

    /// Redacts, and cuts to the limit on value lengths.
    package func cleaned(_ key: Monitor.AttributeKey, _ value: Monitor.Value) -> Monitor.Value {
        switch key.valueClass {
        case .number, .usage: return value
        default:
            let redacted = monitor?.redactor.redact(value, key: key) ?? value
            guard let limit = limits.attributeValueLength else { return redacted }
            return redacted.cut(toLength: limit)
        }
    }
}

extension Monitor.Record.State {
    mutating func put(_ attribute: Monitor.Attribute, limits: Monitor.Limits, recordLimit: Int) {
        let index = attributes.firstIndex { $0.key == attribute.key }
        guard index != nil || attributes.count < limits.attributeCount, !attribute.key.name.isEmpty else {
            droppedAttributes += 1
            return
        }
        let grown =
            byteCount + attribute.approximateByteCount - (index.map { attributes[$0].approximateByteCount } ?? 0)
        guard grown <= recordLimit else {
            droppedAttributes += 1
            return
        }
        byteCount = grown
        if let index { attributes[index] = attribute } else { attributes.append(attribute) }
    }

    mutating func append(_ event: Monitor.Event, limits: Monitor.Limits, recordLimit: Int) {
        let size = event.attributes.reduce(event.name.utf8.count) { $0 + $1.approximateByteCount }
        guard events.count < limits.eventCount, byteCount + size <= recordLimit else {
            droppedEvents += 1
            return
        }
        byteCount += size
        events.append(event)
    }

    mutating func append(_ link: Monitor.Link, limits: Monitor.Limits, recordLimit: Int) {
        let size = link.attributes.reduce(0) { $0 + $1.approximateByteCount }
        guard links.count < limits.linkCount, byteCount + size <= recordLimit else {
            droppedLinks += 1
            return
        }
        byteCount += size
        links.append(link)
    }

    /// Holds the attributes that an operation starts with to the limits, as if they were set one by one.
    mutating func fit(_ limits: Monitor.Limits, recordLimit: Int) {
        var isSound = attributes.count <= limits.attributeCount
        for index in attributes.indices {
            byteCount += attributes[index].approximateByteCount
            isSound = isSound && !attributes[index].key.name.isEmpty
        }
        if isSound, byteCount <= recordLimit { return }
        let all = attributes
        (attributes, byteCount) = ([], 0)
        for attribute in all { put(attribute, limits: limits, recordLimit: recordLimit) }
    }
}

extension Monitor.Attribute {
    /// About how many bytes the attribute holds.
    fileprivate var approximateByteCount: Int { key.name.utf8.count + value.approximateByteCount }
}

extension Monitor.Value {
    /// About how many bytes the value holds.
    package var approximateByteCount: Int {
        switch self {
        case .null, .bool, .int, .double: 8
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .array(let values): values.reduce(8) { $0 + $1.approximateByteCount }
        case .map(let entries): entries.reduce(8) { $0 + $1.key.utf8.count + $1.value.approximateByteCount }
        }
    }

    /// The value with texts cut to a number of Unicode scalars and byte strings to as many bytes, in nested values too.
    package func cut(toLength limit: Int) -> Monitor.Value {
        switch self {
        case .string(let text):
            guard text.utf8.count > limit else { return self }
            let scalars = text.unicodeScalars
            guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex) else {
                return self
            }
            return .string(String(scalars[..<end]))
        case .bytes(let bytes): return bytes.count > limit ? .bytes(Array(bytes.prefix(limit))) : self
        case .array(let values): return .array(values.map { $0.cut(toLength: limit) })
        case .map(let entries): return .map(entries.map { Monitor.KeyValue($0.key, $0.value.cut(toLength: limit)) })
        case .null, .bool, .int, .double: return self
        }
    }
}
