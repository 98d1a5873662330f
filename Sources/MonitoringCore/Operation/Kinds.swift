extension Monitor {
    /// The kinds of operation there are, and sets of them: what a plugin wants to hear of.
    @frozen
    public struct Kinds: OptionSet, Sendable, Hashable {
        /// One bit a kind.
        public let rawValue: UInt32

        /// Makes a set of its bits.
        @inlinable
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// A request that this process serves.
        @inlinable public static var httpServer: Kinds { Kinds(rawValue: 1 << 0) }
        /// A request that this process makes.
        @inlinable public static var httpClient: Kinds { Kinds(rawValue: 1 << 1) }
        /// One invocation of an agent.
        @inlinable public static var agent: Kinds { Kinds(rawValue: 1 << 2) }
        /// One call of a model: chat, embeddings.
        @inlinable public static var model: Kinds { Kinds(rawValue: 1 << 3) }
        /// One run of a tool.
        @inlinable public static var tool: Kinds { Kinds(rawValue: 1 << 4) }
        /// One Model Context Protocol message, sent or served.
        @inlinable public static var mcp: Kinds { Kinds(rawValue: 1 << 5) }
        /// One search for documents that a model is to read.
        @inlinable public static var retrieval: Kinds { Kinds(rawValue: 1 << 6) }
        /// One database query.
        @inlinable public static var database: Kinds { Kinds(rawValue: 1 << 7) }
        /// One access to a cache.
        @inlinable public static var cache: Kinds { Kinds(rawValue: 1 << 8) }
        /// One call of somebody else's service.
        @inlinable public static var external: Kinds { Kinds(rawValue: 1 << 9) }
        /// Whatever a host calls an operation of its own.
        @inlinable public static var custom: Kinds { Kinds(rawValue: 1 << 10) }

        /// All kinds, those of later versions included.
        @inlinable public static var all: Kinds { Kinds(rawValue: .max) }
    }

    /// What role a span plays: OpenTelemetry's `SpanKind`, with its numbers.
    @frozen
    public enum SpanKind: UInt8, Sendable, Hashable {
        /// Within this process.
        case `internal` = 1
        /// Serves a request from outside.
        case server = 2
        /// Waits for an answer from outside.
        case client = 3
        /// Hands a message to a queue.
        case producer = 4
        /// Takes a message from a queue.
        case consumer = 5
    }

    /// How bad something is, from the least to the worst.
    @frozen
    public enum Severity: UInt8, Sendable, Hashable, Comparable, CaseIterable {
        /// Step by step.
        case trace
        /// For whoever looks for a fault.
        case debug
        /// As it should be.
        case info
        /// Worth a look.
        case warning
        /// Something failed.
        case error
        /// The process cannot go on.
        case fatal

        /// By weight, `trace` first.
        @inlinable
        public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    /// How far a caller is believed who sends trace context.
    @frozen
    public enum Trust: Sendable, Hashable {
        /// The caller's trace is continued: ids, sampling flag, tracestate and baggage.
        case parent
        /// A new trace with its own sampling, linked to the caller's; tracestate and baggage are dropped. For public
        /// endpoints.
        case link
    }
}
