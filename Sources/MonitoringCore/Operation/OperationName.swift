extension Monitor {
    /// An operation's name in the two parts of which OpenTelemetry composes it, so that nobody needs to join them.
    @frozen
    public struct OperationName: Sendable, Hashable {
        /// The fixed part, such as `chat`; the whole name when there is no subject.
        public let verb: String
        /// The part that varies within bounds, such as the model; empty when there is none.
        public let subject: String

        /// Makes a name.
        @inlinable
        public init(_ verb: String, _ subject: String = "") {
            self.verb = verb
            self.subject = subject
        }
    }
}

extension Monitor.OperationName: CustomStringConvertible {
    /// Both parts, with a space between.
    public var description: String {
        if subject.isEmpty { return verb }
        return verb.isEmpty ? subject : verb + " " + subject
    }
}

extension Monitor.OperationName {
    /// Longest part of a name that is kept, in bytes: a model that makes up a tool's name can make up a long one.
    package static var limit: Int { 1024 }

    /// The name with both parts cut to the limit.
    var bounded: Self {
        guard verb.utf8.count > Self.limit || subject.utf8.count > Self.limit else { return self }
        return Self(ErrorText.bounded(verb, to: Self.limit), ErrorText.bounded(subject, to: Self.limit))
    }
}
