extension String: Monitor.LabelValue {
    /// The string.
    @inlinable
    public var monitorValue: Monitor.Value { .string(self) }

    /// The string that was stored.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        guard case .string(let value) = monitorValue else { return nil }
        self = value
    }
}

extension Substring: Monitor.AttributeValue {
    /// A copy of the text as a string.
    @inlinable
    public var monitorValue: Monitor.Value { .string(String(self)) }

    /// The string that was stored.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        guard case .string(let value) = monitorValue else { return nil }
        self = Substring(value)
    }
}

extension Int: Monitor.LabelValue {
    /// Numbers are never scanned.
    @inlinable
    public static var valueClass: Monitor.ValueClass { .number }

    /// The number.
    @inlinable
    public var monitorValue: Monitor.Value { .int(Int64(self)) }

    /// The number that was stored.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        guard case .int(let value) = monitorValue else { return nil }
        self.init(exactly: value)
    }
}

extension Int64: Monitor.AttributeValue {
    /// Numbers are never scanned.
    @inlinable
    public static var valueClass: Monitor.ValueClass { .number }

    /// The number.
    @inlinable
    public var monitorValue: Monitor.Value { .int(self) }

    /// The number that was stored.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        guard case .int(let value) = monitorValue else { return nil }
        self = value
    }
}

extension UInt64: Monitor.AttributeValue {
    /// Numbers are never scanned.
    @inlinable
    public static var valueClass: Monitor.ValueClass { .number }

    /// The number; beyond `Int64.max`, which OpenTelemetry cannot carry, its decimal text.
    @inlinable
    public var monitorValue: Monitor.Value { Int64(exactly: self).map { .int($0) } ?? .string(String(self)) }

    /// The number that was stored.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        switch monitorValue {
        case .int(let value): self.init(exactly: value)
        case .string(let text): self.init(text)
        default: return nil
        }
    }
}

extension Bool: Monitor.LabelValue {
    /// Booleans are never scanned.
    @inlinable
    public static var valueClass: Monitor.ValueClass { .number }

    /// The boolean.
    @inlinable
    public var monitorValue: Monitor.Value { .bool(self) }

    /// The boolean that was stored.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        guard case .bool(let value) = monitorValue else { return nil }
        self = value
    }
}

extension Double: Monitor.AttributeValue {
    /// Numbers are never scanned.
    @inlinable
    public static var valueClass: Monitor.ValueClass { .number }

    /// The number; not-a-number and the infinities are kept.
    @inlinable
    public var monitorValue: Monitor.Value { .double(self) }

    /// The number that was stored, whole numbers included.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        switch monitorValue {
        case .double(let value): self = value
        case .int(let value): self = Double(value)
        default: return nil
        }
    }
}

extension Duration: Monitor.AttributeValue {
    /// Durations are numbers and never scanned.
    @inlinable
    public static var valueClass: Monitor.ValueClass { .number }

    /// The duration in seconds.
    @inlinable
    public var monitorValue: Monitor.Value {
        .double(Double(components.seconds) + Double(components.attoseconds) * 1e-18)
    }

    /// The stored number, read as seconds.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        guard let seconds = Double(monitorValue: monitorValue), seconds.isFinite, abs(seconds) < 1e15 else {
            return nil
        }
        self = .seconds(seconds)
    }
}

extension Array: Monitor.AttributeValue where Element: Monitor.AttributeValue {
    /// An array is treated as its elements are.
    @inlinable
    public static var valueClass: Monitor.ValueClass { Element.valueClass }

    /// The elements, in order.
    @inlinable
    public var monitorValue: Monitor.Value { .array(map(\.monitorValue)) }

    /// The stored elements; `nil` when one of them is of another type.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        guard case .array(let values) = monitorValue else { return nil }
        var elements: [Element] = []
        elements.reserveCapacity(values.count)
        for value in values {
            guard let element = Element(monitorValue: value) else { return nil }
            elements.append(element)
        }
        self = elements
    }
}

extension Monitor.Value: Monitor.AttributeValue {
    /// The value itself.
    @inlinable
    public var monitorValue: Monitor.Value { self }

    /// What was stored.
    @inlinable
    public init?(monitorValue: Monitor.Value) { self = monitorValue }
}
