extension Monitor {
    /// An attribute's name, its role and how redaction treats its values.
    ///
    /// Hosts use ``Monitor/Label`` and ``Monitor/Detail``, which carry one; plugins meet it in ``Monitor/Attribute``.
    @frozen
    public struct AttributeKey: Sendable, Hashable {
        /// The name on the wire, such as `gen_ai.request.model`.
        public let name: String
        /// What redaction does with the values.
        public let valueClass: Monitor.ValueClass
        /// Labels go to metrics too; details never do.
        public let isLabel: Bool

        /// Makes a key.
        @inlinable
        public init(_ name: String, _ valueClass: Monitor.ValueClass, isLabel: Bool) {
            self.name = name
            self.valueClass = valueClass
            self.isLabel = isLabel
        }

        /// Whether both name the same attribute.
        ///
        /// Names differ in length more often than not, which is cheap to see.
        @inlinable
        public static func == (left: Self, right: Self) -> Bool {
            left.name.utf8.count == right.name.utf8.count && left.name == right.name
        }

        /// Hashes the name.
        @inlinable
        public func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    /// One attribute of an operation, event or link, as plugins read it: already redacted.
    @frozen
    public struct Attribute: Sendable, Hashable {
        /// The attribute's key.
        public var key: Monitor.AttributeKey
        /// The attribute's value.
        public var value: Monitor.Value

        /// Makes an attribute.
        @inlinable
        public init(_ key: Monitor.AttributeKey, _ value: Monitor.Value) {
            self.key = key
            self.value = value
        }
    }
}
