extension Redactor {
    /// How deep arrays and maps may nest; what lies deeper is replaced by the mark of a cut.
    package static let depthLimit = 64
    /// What an entry costs of the budget besides its text.
    private static let entryCost = 8

    /// The value of an attribute as it may leave, by the key's class.
    ///
    /// Numbers stay; enumerated values and identifiers lose registered secrets and tokens of known shapes; text is scanned;
    /// URLs lose user info and secret query items; an open key is checked too, and a sensitive one loses its whole value.
    /// Arrays and maps are gone through, map entries with sensitive names losing theirs. Together the texts of one value have
    /// at most ``recordLimit`` bytes.
    package func redact(_ value: Monitor.Value, key: Monitor.AttributeKey) -> Monitor.Value {
        if case .string(let text) = value, key.valueClass == .identifier || key.valueClass == .enumerated,
            isClear(identifier: text), text.utf8.count <= recordLimit
        {
            return value
        }
        if key.valueClass == .open, Self.canBeSecret(value), isSensitive(key: key.name) { return .string(replacement) }
        var budget = ValueBudget(recordLimit)
        return redacted(value, key.valueClass, depth: 0, &budget)
    }

    /// The key without registered secrets and tokens of known shapes in its name.
    package func redact(_ key: Monitor.AttributeKey) -> Monitor.AttributeKey {
        if isClear(identifier: key.name) { return key }
        return Monitor.AttributeKey(redact(identifier: key.name), key.valueClass, isLabel: key.isLabel)
    }

    /// The attribute as it may leave: its name and its value.
    package func redact(_ attribute: Monitor.Attribute) -> Monitor.Attribute {
        Monitor.Attribute(redact(attribute.key), redact(attribute.value, key: attribute.key))
    }

    /// `null` and booleans tell nothing, whatever their name is.
    private static func canBeSecret(_ value: Monitor.Value) -> Bool {
        switch value {
        case .null, .bool: false
        default: true
        }
    }

    private func redacted(
        _ value: Monitor.Value, _ valueClass: Monitor.ValueClass, depth: Int, _ budget: inout ValueBudget
    ) -> Monitor.Value {
        switch value {
        case .null, .bool, .int, .double: return budget.take(Self.entryCost) ? value : .string(Self.truncationMark)
        case .string(let text):
            let result = redacted(text, valueClass)
            return .string(budget.take(result.utf8.count) ? result : Self.truncationMark)
        case .bytes(let bytes): return redacted(bytes, valueClass, &budget)
        case .array(let values):
            guard depth < Self.depthLimit else { return .string(Self.truncationMark) }
            return .array(redacted(values, valueClass, depth: depth, &budget))
        case .map(let entries):
            guard depth < Self.depthLimit else { return .string(Self.truncationMark) }
            return .map(redacted(entries, valueClass, depth: depth, &budget))
        }
    }

    private func redacted(_ text: String, _ valueClass: Monitor.ValueClass) -> String {
        switch valueClass {
        case .number, .usage: text
        case .enumerated, .identifier: redact(identifier: text)
        case .url: redact(url: text)
        case .text, .open: redact(text)
        }
    }

    /// Bytes that are text are scanned as text; others are cut.
    private func redacted(
        _ bytes: [UInt8], _ valueClass: Monitor.ValueClass, _ budget: inout ValueBudget
    ) -> Monitor.Value {
        var result = bytes
        switch valueClass {
        case .number, .usage: break
        case .enumerated, .identifier, .url, .text, .open:
            if let text = String(validating: bytes, as: UTF8.self) {
                result = Array(redacted(text, valueClass).utf8)
            } else {
                result = Array(bytes.prefix(valueLimit))
            }
        }
        return budget.take(result.count) ? .bytes(result) : .string(Self.truncationMark)
    }

    private func redacted(
        _ values: [Monitor.Value], _ valueClass: Monitor.ValueClass, depth: Int, _ budget: inout ValueBudget
    ) -> [Monitor.Value] {
        var result: [Monitor.Value] = []
        for value in values {
            guard budget.take(Self.entryCost) else {
                result.append(.string(Self.truncationMark))
                break
            }
            result.append(redacted(value, valueClass, depth: depth + 1, &budget))
        }
        return result
    }

    private func redacted(
        _ entries: [Monitor.KeyValue], _ valueClass: Monitor.ValueClass, depth: Int, _ budget: inout ValueBudget
    ) -> [Monitor.KeyValue] {
        let isScanned = valueClass == .text || valueClass == .url || valueClass == .open
        var result: [Monitor.KeyValue] = []
        for entry in entries {
            let key = isScanned ? redact(entry.key) : redact(identifier: entry.key)
            guard budget.take(Self.entryCost + key.utf8.count) else {
                result.append(Monitor.KeyValue(Self.truncationMark, .string(Self.truncationMark)))
                break
            }
            if isScanned, Self.canBeSecret(entry.value), isSensitive(key: entry.key) {
                let fits = budget.take(replacement.utf8.count)
                result.append(Monitor.KeyValue(key, .string(fits ? replacement : Self.truncationMark)))
            } else {
                result.append(Monitor.KeyValue(key, redacted(entry.value, valueClass, depth: depth + 1, &budget)))
            }
        }
        return result
    }
}
