extension Monitor {
    /// Something that happened at one moment of an operation.
    public struct Event: Sendable, Hashable {
        /// What happened.
        public let name: String
        /// When, in Unix nanoseconds.
        public let unixNanoseconds: UInt64
        /// The event's attributes, redacted.
        public let attributes: [Monitor.Attribute]
        /// How many attributes the limit kept out.
        public let droppedAttributes: Int

        package init(name: String, unixNanoseconds: UInt64, attributes: [Monitor.Attribute], droppedAttributes: Int = 0)
        {
            self.name = name
            self.unixNanoseconds = unixNanoseconds
            self.attributes = attributes
            self.droppedAttributes = droppedAttributes
        }
    }

    /// Another span that has to do with this one, without being its parent.
    public struct Link: Sendable, Hashable {
        /// The other span.
        public let context: Monitor.TraceContext
        /// The link's attributes, redacted.
        public let attributes: [Monitor.Attribute]
        /// How many attributes the limit kept out.
        public let droppedAttributes: Int

        package init(context: Monitor.TraceContext, attributes: [Monitor.Attribute] = [], droppedAttributes: Int = 0) {
            self.context = context
            self.attributes = attributes
            self.droppedAttributes = droppedAttributes
        }
    }

    /// How much one operation may hold; what is beyond is dropped and counted.
    ///
    /// OpenTelemetry's span limits.
    public struct Limits: Sendable, Hashable {
        /// Attributes of an operation.
        public var attributeCount = 128
        /// Unicode scalars of a text value; `nil` leaves it to redaction's limit in bytes.
        public var attributeValueLength: Int?
        /// Events of an operation.
        public var eventCount = 128
        /// Links of an operation.
        public var linkCount = 128
        /// Attributes of an event.
        public var eventAttributeCount = 128
        /// Attributes of a link.
        public var linkAttributeCount = 128

        /// The specification's defaults.
        public init() {}
    }
}
