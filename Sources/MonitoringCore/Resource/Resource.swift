extension Monitor {
    /// Who sends the telemetry: the service, its process, host, container and pod, as attributes.
    ///
    /// What code says comes before what variables say, and that before what was detected.
    public struct Resource: Sendable, Hashable {
        /// The schema that detected attributes follow.
        public static let currentSchemaURL = "https://opentelemetry.io/schemas/1.44.0"

        /// The attributes in order, each key once.
        public private(set) var attributes: [Monitor.KeyValue]
        /// The schema of the attributes' names; empty when there is none for all of them.
        public var schemaURL: String

        /// A resource without attributes.
        public init() {
            attributes = []
            schemaURL = ""
        }

        /// Makes a resource.
        ///
        /// - Parameters:
        ///   - attributes: The attributes; of two with the same key the later wins.
        ///   - schemaURL: The schema of their names.
        public init(_ attributes: [Monitor.KeyValue], schemaURL: String = "") {
            self.attributes = []
            self.schemaURL = schemaURL
            update(with: attributes)
        }

        /// The value of an attribute; setting `nil` removes it.
        ///
        /// - Parameter name: The attribute's key.
        /// - Returns: The value.
        public subscript(_ name: String) -> Monitor.Value? {
            get { attributes.first { $0.key == name }?.value }
            set {
                let index = attributes.firstIndex { $0.key == name }
                switch (index, newValue) {
                case (let index?, let value?): attributes[index].value = value
                case (let index?, nil): attributes.remove(at: index)
                case (nil, let value?): attributes.append(Monitor.KeyValue(name, value))
                case (nil, nil): break
                }
            }
        }

        /// Both resources together: of two attributes with the same key the other's counts, even when it is empty.
        ///
        /// - Parameter other: The resource that wins.
        /// - Returns: The attributes of both. Two schemas that differ leave it without one.
        public func merging(_ other: Resource) -> Resource {
            var result = self
            result.update(with: other.attributes)
            if schemaURL.isEmpty {
                result.schemaURL = other.schemaURL
            } else if !other.schemaURL.isEmpty, other.schemaURL != schemaURL {
                result.schemaURL = ""
            }
            return result
        }

        private mutating func update(with others: [Monitor.KeyValue]) {
            var places = Dictionary(
                attributes.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
            for other in others {
                if let place = places[other.key] {
                    attributes[place].value = other.value
                } else {
                    places[other.key] = attributes.count
                    attributes.append(other)
                }
            }
        }
    }
}
