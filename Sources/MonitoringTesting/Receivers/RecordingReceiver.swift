import Synchronization

/// A small HTTP/1.1 server on 127.0.0.1 that keeps what it was sent, for tests of whatever sends.
///
/// ```swift
/// let receiver = try RecordingReceiver(.status(503), .accepted)
/// defer { receiver.stop() }
/// try await send(to: receiver.url + "/v1/traces")
/// let requests = await receiver.requests(atLeast: 2)
/// #expect(requests[1].header("content-type") == "application/json")
/// ```
///
/// It speaks to up to 64 connections at once, each on a thread of its own, keeps connections open between requests, reads
/// chunked bodies, and closes its port with ``stop()`` or when the last reference to it goes. The first 10,000 requests are
/// kept. It speaks neither TLS nor HTTP/2 and does not unpack compressed bodies.
public final class RecordingReceiver: Sendable {
    /// The port on 127.0.0.1.
    public let port: UInt16
    private let log: RequestLog
    private let server: LoopbackServer

    /// Opens a receiver that gives its answers in order, the last one from then on.
    ///
    /// - Parameters:
    ///   - answers: The answers; without any, all is accepted.
    ///   - port: The port; 0 for a free one. A number takes the place of a receiver that was stopped.
    ///   - bodyLimit: The longest body, in bytes; a longer one is answered by 400 and the connection closed.
    /// - Throws: When the system has no socket, port or thread left.
    public convenience init(
        _ answers: ReceiverAnswer...,
        port: UInt16 = 0,
        bodyLimit: Int = 64 << 20
    ) throws(ReceiverError) {
        let script = AnswerScript(answers)
        try self.init(port: port, bodyLimit: bodyLimit) { _ in script.next() }
    }

    /// Opens a receiver that asks for each answer.
    ///
    /// - Parameters:
    ///   - port: The port; 0 for a free one.
    ///   - bodyLimit: The longest body, in bytes.
    ///   - answer: Called for each request, on the connection's thread, after the request was kept; must not keep the
    ///     receiver.
    /// - Throws: When the system has no socket, port or thread left.
    public init(
        port: UInt16 = 0,
        bodyLimit: Int = 64 << 20,
        answer: @escaping @Sendable (ReceivedRequest) -> ReceiverAnswer
    ) throws(ReceiverError) {
        let log = RequestLog()
        self.log = log
        server = try LoopbackServer(port: port) { connection in
            var reader = RequestReader(bodyLimit: bodyLimit)
            while true {
                switch reader.next(from: connection) {
                case .end: return
                case .malformed:
                    log.noteMalformed()
                    _ = connection.write(ReceiverAnswer.status(400, ["Connection": "close"]).bytes())
                    return
                case .request(let request):
                    log.append(request)
                    let bytes = answer(request).bytes(hasBody: request.method != "HEAD")
                    guard connection.write(bytes), !request.isLast else { return }
                }
            }
        }
        self.port = server.port
    }

    /// Where to send: `http://127.0.0.1:` and the port.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// The requests so far, in the order in which they were complete.
    public var requests: [ReceivedRequest] { log.requests }

    /// How many connections spoke something else than HTTP/1.1, or too much of it.
    public var malformedCount: Int { log.malformed }

    /// Suspends until a number of requests came.
    ///
    /// - Parameter count: How many.
    /// - Returns: The requests so far; fewer when the task was cancelled.
    public func requests(atLeast count: Int) async -> [ReceivedRequest] {
        await log.wait(for: count)
        return log.requests
    }

    /// Closes the port and all connections, and keeps what was kept; later calls do nothing.
    public func stop() { server.stop() }
}

/// Answers in order, the last one from then on.
private final class AnswerScript: Sendable {
    private let answers: [ReceiverAnswer]
    private let position = Atomic(0)

    init(_ answers: [ReceiverAnswer]) {
        self.answers = answers.isEmpty ? [.accepted] : answers
    }

    func next() -> ReceiverAnswer {
        let index = position.wrappingAdd(1, ordering: .relaxed).oldValue
        return answers[min(index, answers.count - 1)]
    }
}
