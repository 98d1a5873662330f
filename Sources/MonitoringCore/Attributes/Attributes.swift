extension Monitor {
    /// A short list of attributes, written as a dictionary literal: `["cpu": cpu, "ok": true]`.
    ///
    /// Order is kept; of two entries with the same key the later wins. The values go through redaction when they are
    /// handed over, not here.
    public struct Attributes: Sendable, ExpressibleByDictionaryLiteral {
        package var entries: [Monitor.Attribute]

        /// No attributes.
        public init() {
            self.entries = []
        }

        /// The attributes of a literal.
        public init(dictionaryLiteral elements: (String, any Monitor.AttributeValue)...) {
            self.init()
            entries.reserveCapacity(elements.count)
            for (name, value) in elements { self[name] = value }
        }

        /// The value of the attribute with that name; setting `nil` removes it.
        public subscript(_ name: String) -> (any Monitor.AttributeValue)? {
            get { entries.first { $0.key.name == name }?.value }
            set {
                guard let newValue else { return entries.removeAll { $0.key.name == name } }
                set(Monitor.AttributeKey(name, type(of: newValue).valueClass, isLabel: false), newValue.monitorValue)
            }
        }

        /// Sets a typed detail.
        public subscript<V: Monitor.AttributeValue>(_ detail: Monitor.Detail<V>) -> V? {
            get { entries.first { $0.key.name == detail.key.name }.flatMap { V(monitorValue: $0.value) } }
            set { if let newValue { set(detail.key, newValue.monitorValue) } }
        }

        /// How many attributes there are.
        public var count: Int { entries.count }

        package mutating func set(_ key: Monitor.AttributeKey, _ value: Monitor.Value) {
            if let index = entries.firstIndex(where: { $0.key.name == key.name }) {
                entries[index] = Monitor.Attribute(key, value)
            } else {
                entries.append(Monitor.Attribute(key, value))
            }
        }
    }
}
