extension Monitor {
    /// A W3C trace id: 16 bytes, not all zero when valid.
    @frozen
    public struct TraceID: Sendable, Hashable {
        /// The first eight bytes, most significant first.
        public var high: UInt64
        /// The last eight bytes, most significant first.
        public var low: UInt64

        /// Makes an id of its two halves.
        @inlinable
        public init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }

        /// False for the id that is all zeros.
        @inlinable
        public var isValid: Bool { high | low != 0 }
    }

    /// A W3C span id (the `parent-id` of a `traceparent`): 8 bytes, not all zero when valid.
    @frozen
    public struct SpanID: Sendable, Hashable {
        /// The eight bytes, most significant first.
        public var bits: UInt64

        /// Makes an id.
        @inlinable
        public init(_ bits: UInt64) {
            self.bits = bits
        }

        /// False for the id that is all zeros.
        @inlinable
        public var isValid: Bool { bits != 0 }
    }

    /// W3C trace flags: bit 0 says sampled, bit 1 that the trace id is random.
    @frozen
    public struct TraceFlags: OptionSet, Sendable, Hashable {
        /// The flags as they stand in a `traceparent`.
        public let rawValue: UInt8

        /// Makes flags of their bits.
        @inlinable
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The trace is recorded by whoever sent the flag.
        @inlinable
        public static var sampled: TraceFlags { TraceFlags(rawValue: 0x01) }

        /// At least the low seven bytes of the trace id are random (W3C Trace Context, level 2).
        @inlinable
        public static var random: TraceFlags { TraceFlags(rawValue: 0x02) }
    }
}
