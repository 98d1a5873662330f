import Foundation

/// One of the readers whom `--traffic` plays: visits the demo's own service, as anybody else would, over HTTP.
struct Reader: Sendable {
    /// The reader did not get what they came for.
    struct Disappointment: Error, Hashable {
        var status: Int
    }

    private struct Question: Encodable {
        var question: String
        var conversation: String
        var user: String
    }

    let http: any HTTPClient
    let address: OwnAddress

    /// Makes a visit and waits for its end.
    ///
    /// - Throws: ``Disappointment`` where a question was not answered, `HTTPFailure` where nobody answered.
    func make(_ visit: Visit, as session: Session) async throws {
        switch visit {
        case .ask(let question, let streamed): try await ask(question, as: session, streamed: streamed)
        case .readClock: _ = try await get(TimeEndpoint.path)
        case .stray(let path): _ = try await get(path)
        }
    }

    private func ask(_ question: String, as session: Session, streamed: Bool) async throws {
        var request = try request("POST", ChatEndpoint.path)
        if streamed { request.headers.append(("Accept", "text/event-stream")) }
        request.setJSON(
            JSONBytes.encoded(Question(question: question, conversation: session.conversation, user: session.user)))
        let answer = try await http.send(request)
        var isAnswered = answer.status == 200 && !streamed
        if answer.status == 200, streamed {
            try await answer.forEachEvent { event in
                if event.name == "done" { isAnswered = true }
                return true
            }
        } else {
            _ = try await answer.whole()
        }
        guard isAnswered else { throw Disappointment(status: answer.status) }
    }

    private func get(_ path: String) async throws -> Int {
        let answer = try await http.send(try request("GET", path))
        _ = try await answer.whole()
        return answer.status
    }

    private func request(_ method: String, _ path: String) throws(HTTPFailure) -> HTTPRequest {
        guard let url = address.url(path) else { throw .unreachable }
        return HTTPRequest(method, url)
    }
}
