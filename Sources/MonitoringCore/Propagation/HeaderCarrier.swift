extension Monitor {
    /// What carries trace context from one process to another: the headers of a request or a message.
    ///
    /// Ready to use: `[String: String]`, `[String: [String]]`, `[String: Monitor.Value]`, ``Monitor/Headers`` for pair lists
    /// and for types of others, ``Monitor/EnvironmentCarrier`` for child processes. The metadata of an MCP message
    /// (`params._meta`) is a dictionary like any other: keys that are not ours are left alone.
    ///
    /// Laws: names match whatever the case of their ASCII letters. What was set is what is read, once. Nothing blocks.
    public protocol HeaderCarrier: Sendable {
        /// Every value of a header, those of repeated headers too, in the order they were received; empty when absent.
        ///
        /// - Parameter name: The header's name, in any case.
        /// - Returns: The values as they were received.
        func values(_ name: String) -> [String]

        /// Replaces all values of a header by one.
        ///
        /// - Parameters:
        ///   - name: The header's name, in any case.
        ///   - value: Its value: printable ASCII when it comes from here.
        mutating func set(_ name: String, _ value: String)
    }

    /// What a dictionary of headers holds for one name.
    ///
    /// Conform a type of your own to use dictionaries of it as a ``Monitor/HeaderCarrier``.
    public protocol HeaderField: Sendable {
        /// The values that a field holds, in order; empty when it holds none that are text.
        static func headerValues(of field: Self) -> [String]
        /// A field that holds one value.
        static func headerField(_ value: String) -> Self
    }
}

extension String: Monitor.HeaderField {
    /// The text itself.
    public static func headerValues(of field: String) -> [String] { [field] }
    /// The text itself.
    public static func headerField(_ value: String) -> String { value }
}

extension Array: Monitor.HeaderField where Element == String {
    /// All elements.
    public static func headerValues(of field: [String]) -> [String] { field }
    /// An array of one.
    public static func headerField(_ value: String) -> [String] { [value] }
}

extension Monitor.Value: Monitor.HeaderField {
    /// The text of a string; nothing of any other value.
    public static func headerValues(of field: Monitor.Value) -> [String] {
        guard case .string(let text) = field else { return [] }
        return [text]
    }
    /// A string.
    public static func headerField(_ value: String) -> Monitor.Value { .string(value) }
}

extension Dictionary: Monitor.HeaderCarrier where Key == String, Value: Monitor.HeaderField {
    /// The values under every spelling of the name, by spelling when there is more than one.
    ///
    /// - Parameter name: The header's name, in any case.
    /// - Returns: The values.
    public func values(_ name: String) -> [String] {
        var matches: [Element] = []
        for element in self where HeaderText.isSameName(element.key, name) { matches.append(element) }
        if matches.count > 1 { matches.sort { $0.key < $1.key } }
        return matches.flatMap { Value.headerValues(of: $0.value) }
    }

    /// Sets the value under the name as given and removes every other spelling of it.
    ///
    /// - Parameters:
    ///   - name: The header's name.
    ///   - value: Its value.
    public mutating func set(_ name: String, _ value: String) {
        let others = keys.filter { $0 != name && HeaderText.isSameName($0, name) }
        for other in others { removeValue(forKey: other) }
        self[name] = Value.headerField(value)
    }
}
