extension Monitor {
    /// What is about to be done: kind, name and the attributes known beforehand.
    ///
    /// The factories (`.chat`, `.tool`, …) give spans OpenTelemetry's names and attributes. A host adds its own beside
    /// them:
    ///
    /// ```swift
    /// extension Monitor.Work {
    ///     static func blockchain(_ operation: String) -> Self { .custom("blockchain", name: operation) }
    /// }
    /// ```
    ///
    /// Where nobody listens the factory is not even called.
    public struct Work: Sendable {
        package var kind: Monitor.Kinds
        package var name: Monitor.OperationName
        package var spanKind: Monitor.SpanKind
        package var attributes: [Monitor.Attribute]
        package var requestID: String?

        /// Work of a kind, under a name that is already complete.
        ///
        /// - Parameters:
        ///   - kind: One kind.
        ///   - name: The operation's name: few values, no ids, no paths.
        ///   - spanKind: The role of the span.
        @inlinable
        public init(_ kind: Monitor.Kinds, name: String, spanKind: Monitor.SpanKind = .internal) {
            self.init(kind, Monitor.OperationName(name), spanKind)
        }

        @usableFromInline
        init(_ kind: Monitor.Kinds, _ name: Monitor.OperationName, _ spanKind: Monitor.SpanKind) {
            self.kind = kind
            self.name = name
            self.spanKind = spanKind
            self.attributes = []
            attributes.reserveCapacity(10)
        }

        /// The same work with a label more.
        public func with<V: Monitor.LabelValue>(_ label: Monitor.Label<V>, _ value: V) -> Work {
            adding(label.key, value.monitorValue)
        }

        /// The same work with a detail more.
        public func with<V: Monitor.AttributeValue>(_ detail: Monitor.Detail<V>, _ value: V) -> Work {
            adding(detail.key, value.monitorValue)
        }

        private func adding(_ key: Monitor.AttributeKey, _ value: Monitor.Value) -> Work {
            var copy = self
            copy.attributes.removeAll { $0.key.name == key.name }
            copy.attributes.append(Monitor.Attribute(key, value))
            return copy
        }

        mutating func add<V: Monitor.LabelValue>(_ label: Monitor.Label<V>, _ value: V?) {
            if let value { attributes.append(Monitor.Attribute(label.key, value.monitorValue)) }
        }

        mutating func add<V: Monitor.AttributeValue>(_ detail: Monitor.Detail<V>, _ value: V?) {
            if let value { attributes.append(Monitor.Attribute(detail.key, value.monitorValue)) }
        }
    }
}
