import Foundation

/// A chat client for everything that speaks OpenAI's chat completions: `POST /chat/completions`.
struct OpenAIClient: ChatClient {
    let api: OpenAIAPI
    let http: any HTTPClient
    let breaker: Breaker

    var provider: String { api.provider }

    func complete(_ request: ChatRequest) async throws -> ChatResponse {
        try await mapped {
            let bytes = try await ask(request, streaming: false).whole()
            return try OpenAIJSON.decoded(OpenAICompletion.self, bytes).response(to: request)
        }
    }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatChunk, any Error> {
        AsyncThrowingStream { continuation in
            let reading = Task {
                do {
                    let response = try await mapped {
                        try await read(ask(request, streaming: true), to: request) { continuation.yield(.text($0)) }
                    }
                    continuation.yield(.finished(response))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in reading.cancel() }
        }
    }

    /// The answer to a request, once its head says that it is one.
    private func ask(_ request: ChatRequest, streaming: Bool) async throws -> HTTPAnswer {
        guard !breaker.isBroken(.llm) else { throw ChatError.server(status: 503, message: "broken on purpose") }
        var message = HTTPRequest("POST", api.baseURL.appendingPathComponent("chat/completions"))
        message.headers = [("Accept", streaming ? "text/event-stream" : "application/json")]
        if let key = api.key { message.headers.append(("Authorization", "Bearer \(key)")) }
        if request.retry > 0 { message.headers.append(("X-Stainless-Retry-Count", String(request.retry))) }
        message.setJSON(try OpenAIJSON.encoded(OpenAIRequest(request, for: api, streaming: streaming)))
        message.silence = api.timeout
        message.limit = api.timeout * 10
        message.bodyLimit = 8 << 20
        let answer = try await http.send(message)
        guard answer.status == 200 else {
            throw ChatError(status: answer.status, headers: answer.headers, body: (try? await answer.whole()) ?? [])
        }
        return answer
    }

    /// Puts a streamed answer together and passes its text on as it comes.
    private func read(
        _ answer: HTTPAnswer,
        to request: ChatRequest,
        _ tell: (String) -> Void
    ) async throws -> ChatResponse {
        var assembly = OpenAIAssembly()
        try await answer.forEachEvent { event in
            guard event.data != "[DONE]" else { return false }
            let text = try assembly.add(OpenAIJSON.decoded(OpenAIChunk.self, event.data.utf8))
            if !text.isEmpty { tell(text) }
            return true
        }
        return try assembly.response(to: request)
    }

    /// Does something and tells its failures as errors of a chat.
    private func mapped<R>(_ body: () async throws -> R) async throws -> R {
        do {
            return try await body()
        } catch let failure as HTTPFailure {
            throw ChatError(failure)
        } catch is ServerSentEventParser.TooLong {
            throw ChatError.malformed
        }
    }
}
