extension Monitor {
    /// A typed key for an attribute with few values, which goes to metrics, spans, logs and errors.
    ///
    /// ```swift
    /// extension Monitor.Label<Tier> { static let tier = Self(name: "tier") }
    /// operation[.tier] = .gold
    /// ```
    ///
    /// Making one costs nothing; a computed `static var` is cheaper on a path that is off than a `static let`.
    @frozen
    public struct Label<V: Monitor.LabelValue>: Sendable {
        /// The key as plugins see it.
        public let key: Monitor.AttributeKey

        /// Makes a label.
        ///
        /// - Parameter name: The attribute's name on the wire. Names are case-sensitive.
        @inlinable
        public init(name: String) {
            self.key = Monitor.AttributeKey(name, V.valueClass, isLabel: true)
        }

        /// Makes a label whose values redaction treats as told.
        ///
        /// - Parameters:
        ///   - name: The attribute's name on the wire.
        ///   - valueClass: What kind of text the values are.
        @inlinable
        public init(name: String, _ valueClass: Monitor.ValueClass) {
            self.key = Monitor.AttributeKey(name, valueClass, isLabel: true)
        }
    }
}

extension Monitor.Label: ExpressibleByStringLiteral, ExpressibleByExtendedGraphemeClusterLiteral,
    ExpressibleByUnicodeScalarLiteral
where V == String {
    /// A label named by a literal.
    @inlinable
    public init(stringLiteral value: String) {
        self.init(name: value)
    }
}
