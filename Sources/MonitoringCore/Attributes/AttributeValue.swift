extension Monitor {
    /// A type whose values can be set as a detail.
    ///
    /// Conformances: `String`, `Substring`, `Int`, `Int64`, `UInt64`, `Bool`, `Double`, `Duration` (as seconds), arrays of
    /// these, ``Monitor/Value``, and enums over `String` that say so (``Monitor/LabelValue``).
    public protocol AttributeValue: Sendable {
        /// How redaction treats values of this type: numbers are never scanned.
        static var valueClass: Monitor.ValueClass { get }
        /// The value as it is stored.
        var monitorValue: Monitor.Value { get }
        /// The value read back from what was stored; `nil` when it is of another type.
        init?(monitorValue: Monitor.Value)
    }

    /// A type whose values can be labels: few of them, so that metrics stay bounded.
    ///
    /// Conformances: `String`, `Int`, `Bool`. An enum over `String` needs only to say `Monitor.LabelValue`:
    ///
    /// ```swift
    /// enum DocumentType: String, Monitor.LabelValue { case loan, deed }
    /// ```
    public protocol LabelValue: Monitor.AttributeValue {}

    /// What kind of text a value can be, which decides whether redaction looks at it.
    @frozen
    public enum ValueClass: UInt8, Sendable, Hashable {
        /// A number or a boolean: never scanned.
        case number
        /// A token count: a number that an agent adds up over its children.
        case usage
        /// One of a set that was fixed when the program was written: only known token shapes and registered secrets are
        /// removed.
        case enumerated
        /// A name or an id that a program made, such as a model or a request id: only known token shapes and registered
        /// secrets are removed.
        case identifier
        /// Text under a key that is known to be harmless: the value is scanned.
        case text
        /// A URL: user info and secret query items are removed, the rest is scanned.
        case url
        /// Text under a key that the host made up: the key is checked and the value scanned.
        case open
    }
}

extension Monitor.AttributeValue {
    /// Text under a key of the host's own, the careful assumption.
    @inlinable
    public static var valueClass: Monitor.ValueClass { .open }
}

extension Monitor.LabelValue where Self: RawRepresentable, RawValue == String {
    /// An enum's values were fixed when the program was written.
    @inlinable
    public static var valueClass: Monitor.ValueClass { .enumerated }

    /// The raw value.
    @inlinable
    public var monitorValue: Monitor.Value { .string(rawValue) }

    /// The case with that raw value.
    @inlinable
    public init?(monitorValue: Monitor.Value) {
        guard case .string(let text) = monitorValue else { return nil }
        self.init(rawValue: text)
    }
}
