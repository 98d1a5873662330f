/// One connection.
///
/// The server's thread alone has it.
final class Connection {
    enum Phase {
        /// No byte of the next request has come.
        case waiting
        /// Part of a head has come.
        case head
        /// The head has come, and part of the body.
        case body
        /// A handler has the request.
        case handling
        /// The answer is being written.
        case answering
        /// The last answer is written; what still comes is thrown away, so that the reader can read it in peace.
        case lingering
        /// The socket is closed.
        case closed
    }

    let id: ConnectionID
    let descriptor: Int32
    let client: String
    var phase = Phase.waiting
    var parser: RequestParser
    /// What was received and not taken yet.
    var unread: ArraySlice<UInt8> = []
    var output = OutputQueue()
    var exchange: Exchange?
    var requestCount = 0
    /// Whether another request may follow the one under way.
    var keepsAlive = true
    /// A monotonic time in nanoseconds.
    var deadline = UInt64.max
    /// What the poller waits for.
    var interest: Readiness = .readable
    /// Whether it has its turn once more without an event.
    var isReady = false
    /// Bytes that were thrown away while lingering.
    var discarded = 0

    /// The line of those that wait; see ``WaitingLine``.
    var line: WaitingLine?
    var previous: Connection?
    var next: Connection?

    init(id: ConnectionID, descriptor: Int32, client: String, parser: RequestParser) {
        self.id = id
        self.descriptor = descriptor
        self.client = client
        self.parser = parser
    }

    /// Whether bytes of a request are wanted.
    var isReading: Bool {
        switch phase {
        case .waiting, .head, .body: true
        case .handling, .answering, .lingering, .closed: false
        }
    }
}

/// Connections that wait without a request under way, the longest first: they make room for others.
final class WaitingLine {
    private(set) var first: Connection?
    private var last: Connection?

    /// Puts a connection at the end; it leaves the line where it stood.
    func append(_ connection: Connection) {
        connection.line?.remove(connection)
        connection.line = self
        connection.previous = last
        last?.next = connection
        last = connection
        if first == nil { first = connection }
    }

    func remove(_ connection: Connection) {
        guard connection.line === self else { return }
        if first === connection { first = connection.next }
        if last === connection { last = connection.previous }
        connection.previous?.next = connection.next
        connection.next?.previous = connection.previous
        connection.line = nil
        connection.previous = nil
        connection.next = nil
    }
}
