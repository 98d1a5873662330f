import Foundation
import MonitoringCore
import Synchronization

@testable import MonitoringDemoAgent

/// Answers requests by a function and remembers them.
final class FakeHTTP: HTTPClient {
    struct Reply: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var pieces: [[UInt8]] = []
        /// How the body ends, if not well.
        var failure: HTTPFailure?

        static func text(_ text: String, status: Int = 200, headers: [(String, String)] = []) -> Reply {
            Reply(status: status, headers: headers, pieces: [Array(text.utf8)])
        }

        /// A body that comes in pieces of some bytes.
        static func cut(_ text: String, every count: Int, failure: HTTPFailure? = nil) -> Reply {
            let bytes = Array(text.utf8)
            let pieces = stride(from: 0, to: bytes.count, by: count).map { Array(bytes[$0...].prefix(count)) }
            return Reply(pieces: pieces, failure: failure)
        }
    }

    private let reply: @Sendable (HTTPRequest) async throws -> Reply
    private let received = Mutex<[HTTPRequest]>([])

    init(_ reply: @escaping @Sendable (HTTPRequest) async throws -> Reply) {
        self.reply = reply
    }

    /// Always gives the same answer.
    convenience init(_ always: Reply) {
        self.init { _ in always }
    }

    /// Nobody is there.
    static var nobody: FakeHTTP { FakeHTTP { _ in throw HTTPFailure.unreachable } }

    var requests: [HTTPRequest] { received.withLock(\.self) }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        received.withLock { $0.append(request) }
        let reply = try await reply(request)
        let (body, continuation) = AsyncThrowingStream.makeStream(of: [UInt8].self, throwing: (any Error).self)
        for piece in reply.pieces { continuation.yield(piece) }
        continuation.finish(throwing: reply.failure)
        return HTTPAnswer(status: reply.status, headers: Monitor.Headers(reply.headers), body: body)
    }
}

extension HTTPRequest {
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as JSON.
    var json: [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
    }
}
