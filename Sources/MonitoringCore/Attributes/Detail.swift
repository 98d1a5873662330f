extension Monitor {
    /// A typed key for an attribute that can have any value, which goes to spans, logs and errors and never to a metric.
    ///
    /// ```swift
    /// extension Monitor.Detail<String> { static let contract = Self(name: "audit.contract") }
    /// operation[.contract] = contract.source
    /// ```
    @frozen
    public struct Detail<V: Monitor.AttributeValue>: Sendable {
        /// The key as plugins see it.
        public let key: Monitor.AttributeKey

        /// Makes a detail.
        ///
        /// - Parameter name: The attribute's name on the wire. Names are case-sensitive.
        @inlinable
        public init(name: String) {
            self.key = Monitor.AttributeKey(name, V.valueClass, isLabel: false)
        }

        /// Makes a detail whose values redaction treats as told.
        ///
        /// - Parameters:
        ///   - name: The attribute's name on the wire.
        ///   - valueClass: What kind of text the values are.
        @inlinable
        public init(name: String, _ valueClass: Monitor.ValueClass) {
            self.key = Monitor.AttributeKey(name, valueClass, isLabel: false)
        }
    }
}
