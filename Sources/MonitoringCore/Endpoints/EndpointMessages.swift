import Synchronization

/// What was asked of an endpoint.
public struct EndpointRequest: Sendable {
    /// The method in capitals.
    public var method: String
    /// The path without the query, percent-decoded.
    public var path: String
    /// The query's items in order, percent-decoded.
    public var query: [(name: String, value: String)]
    /// The headers; names are compared without regard to case.
    public var headers: Monitor.Headers
    /// The body; empty without one.
    public var body: [UInt8]
    /// The address of whoever asks, as text without the port; `nil` where the server does not tell.
    public var clientAddress: String?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - method: The method in capitals.
    ///   - path: The path without the query, percent-decoded.
    ///   - query: The query's items in order, percent-decoded.
    ///   - headers: The headers.
    ///   - body: The body.
    ///   - clientAddress: The address of whoever asks, without the port.
    public init(
        method: String = "GET",
        path: String,
        query: [(name: String, value: String)] = [],
        headers: Monitor.Headers = Monitor.Headers([]),
        body: [UInt8] = [],
        clientAddress: String? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.clientAddress = clientAddress
    }
}

/// What an endpoint answers.
public struct EndpointResponse: Sendable {
    /// The body: all at once, or piece by piece.
    public enum Body: Sendable {
        /// All of it.
        case bytes([UInt8])
        /// Piece by piece, made as the reader takes it: the closure is called by one caller at a time, gives the next piece
        /// at once, and `nil` at the end.
        ///
        /// For what must not depend on the host's threads and is too large to hold: a page of metrics.
        case pieces(@Sendable () -> [UInt8]?)
        /// Piece by piece: the closure is called once with a writer that suspends while the reader is slow.
        case stream(@Sendable (any EndpointBodyWriter) async throws -> Void)
    }

    /// The status code.
    public var status: Int
    /// The headers besides those that frame the body.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: Body

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: The headers besides those that frame the body.
    ///   - body: The body.
    public init(status: Int = 200, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Plain text in UTF-8.
    public static func text(_ text: String, status: Int = 200) -> EndpointResponse {
        EndpointResponse(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: .bytes(Array(text.utf8))
        )
    }

    /// JSON that is already encoded.
    public static func json(_ bytes: [UInt8], status: Int = 200) -> EndpointResponse {
        EndpointResponse(status: status, headers: [("Content-Type", "application/json")], body: .bytes(bytes))
    }
}

extension EndpointResponse.Body {
    /// All of the body, for servers that do not stream.
    ///
    /// - Parameter limit: The most bytes to take.
    /// - Returns: The whole body, or its first `limit` bytes; what comes after them is not made.
    /// - Throws: What the closure of a stream throws.
    public func collected(upTo limit: Int) async throws -> [UInt8] {
        switch self {
        case .bytes(let bytes): return bytes.count > limit ? Array(bytes.prefix(limit)) : bytes
        case .pieces(let next):
            var bytes: [UInt8] = []
            while bytes.count < limit, let piece = next() { bytes += piece.prefix(limit - bytes.count) }
            return bytes
        case .stream(let produce):
            let collector = BodyCollector(limit: limit)
            do {
                try await produce(collector)
            } catch is BodyCollector.Full {}
            return collector.bytes
        }
    }
}

/// Collects what is written to it, and refuses more than it may hold.
private final class BodyCollector: EndpointBodyWriter {
    struct Full: Error {}

    private let collected = Mutex<[UInt8]>([])
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var bytes: [UInt8] { collected.withLock(\.self) }

    func write(_ bytes: [UInt8]) async throws {
        let isFull = collected.withLock { collected in
            collected += bytes.prefix(limit - collected.count)
            return collected.count >= limit
        }
        if isFull { throw Full() }
    }
}

/// Takes a streamed body piece by piece.
public protocol EndpointBodyWriter: Sendable {
    /// Writes a piece, and suspends while the reader is slow.
    ///
    /// - Parameter bytes: The piece.
    /// - Throws: When the reader is gone.
    func write(_ bytes: [UInt8]) async throws
}
