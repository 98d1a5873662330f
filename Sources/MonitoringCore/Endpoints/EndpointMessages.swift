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

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - method: The method in capitals.
    ///   - path: The path without the query, percent-decoded.
    ///   - query: The query's items in order, percent-decoded.
    ///   - headers: The headers.
    ///   - body: The body.
    public init(
        method: String = "GET",
        path: String,
        query: [(name: String, value: String)] = [],
        headers: Monitor.Headers = Monitor.Headers([]),
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}

/// What an endpoint answers.
public struct EndpointResponse: Sendable {
    /// The body: all at once, or piece by piece.
    public enum Body: Sendable {
        /// All of it.
        case bytes([UInt8])
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

/// Takes a streamed body piece by piece.
public protocol EndpointBodyWriter: Sendable {
    /// Writes a piece, and suspends while the reader is slow.
    ///
    /// - Parameter bytes: The piece.
    /// - Throws: When the reader is gone.
    func write(_ bytes: [UInt8]) async throws
}
