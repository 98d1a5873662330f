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
        let clean = cleaned(key, value)
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            if key.valueClass == .usage { state.usesTokens = true }
            state.put(Monitor.Attribute(key, clean), limits: limits, recordLimit: recordLimit)
        }
    }

    package func addEvent(_ name: String, _ attributes: Monitor.Attributes) {
        let event = makeEvent(name, attributes)
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            state.append(event, limits: limits, recordLimit: recordLimit)
        }
    }

    package func addLink(_ context: Monitor.TraceContext, _ attributes: Monitor.Attributes) {
        let kept = attributes.entries.prefix(limits.linkAttributeCount).map {
            Monitor.Attribute($0.key, cleaned($0.key, $0.value))
        }
        let link = Monitor.Link(context: context, attributes: kept, droppedAttributes: attributes.count - kept.count)
        state.withLock { state in
            guard state.endMonotonic == nil else { return }
            state.append(link, limits: limits)
        }
    }

    /// Stamps the time to the first piece.
    @usableFromInline
    package func received() {
        guard let monitor else { return }
        let now = monitor.clock.monotonicNanoseconds
        state.withLock { state in
            guard state.endMonotonic == nil, state.firstPieceMonotonic == nil else { return }
            state.firstPieceMonotonic = now
        }
    }

    package func addContent(_ role: Monitor.ContentRole, _ text: String) {
        guard let monitor else { return }
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
        let kept = attributes.entries.prefix(limits.eventAttributeCount).map {
            Monitor.Attribute($0.key, cleaned($0.key, $0.value))
        }
        return Monitor.Event(
            name: monitor?.redactor.redact(name) ?? name,
            unixNanoseconds: monitor?.unixNow() ?? startUnixNanoseconds,
            attributes: kept,
            droppedAttributes: attributes.count - kept.count
        )
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
        let size = attribute.key.name.utf8.count + attribute.value.approximateByteCount
        guard byteCount + size <= recordLimit else {
            droppedAttributes += 1
            return
        }
        byteCount += size
        if let index { attributes[index] = attribute } else { attributes.append(attribute) }
    }

    mutating func append(_ event: Monitor.Event, limits: Monitor.Limits, recordLimit: Int) {
        let size = event.attributes.reduce(event.name.utf8.count) {
            $0 + $1.key.name.utf8.count + $1.value.approximateByteCount
        }
        guard events.count < limits.eventCount, byteCount + size <= recordLimit else {
            droppedEvents += 1
            return
        }
        byteCount += size
        events.append(event)
    }

    mutating func append(_ link: Monitor.Link, limits: Monitor.Limits) {
        guard links.count < limits.linkCount else {
            droppedLinks += 1
            return
        }
        links.append(link)
    }
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
