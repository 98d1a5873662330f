/// A chat client without a model behind it, so that the demo runs anywhere and twice the same.
///
/// It plans tool calls from the question, answers from their results, streams in pieces, takes a little time and
/// sometimes fails. All of that is drawn from the seed and the request, never from the clock or the order of requests.
struct ScriptedResponder: ChatClient {
    let provider = "scripted"
    let seed: UInt64
    var faults = ScriptedFaults()
    let breaker: Breaker
    let pace: Pace

    func complete(_ request: ChatRequest) async throws -> ChatResponse {
        let script = try await begun(request)
        for piece in script.pieces { try await pace.wait(piece.delay) }
        return script.response
    }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatChunk, any Error> {
        AsyncThrowingStream { continuation in
            let speaking = Task {
                do {
                    let script = try await begun(request)
                    for piece in script.pieces {
                        try await pace.wait(piece.delay)
                        continuation.yield(.text(piece.text))
                    }
                    continuation.yield(.finished(script.response))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in speaking.cancel() }
        }
    }

    /// The script for a request, after the time that a model needs for its first token.
    private func begun(_ request: ChatRequest) async throws -> ScriptedReply {
        var draw = SplitMix64(seed: fingerprint(of: request))
        try await pace.wait(.milliseconds(Int.random(in: 5...30, using: &draw)))
        guard !breaker.isBroken(.llm) else { throw ChatError.server(status: 503, message: "broken on purpose") }
        if let fault = faults.draw(using: &draw) {
            if case .timeout(let limit) = fault { try await pace.wait(limit) }
            throw fault
        }
        return ScriptedReply(to: request, using: &draw)
    }

    /// What the outcome is drawn from.
    ///
    /// Neither what the clock said nor answers, which may quote it: else a run would depend on when it is made.
    private func fingerprint(of request: ChatRequest) -> UInt64 {
        let times = Set(request.messages.flatMap(\.toolCalls).filter { $0.name == ClockTool.name }.map(\.id))
        var hash = StableHash()
        hash.combine(seed)
        hash.combine(request.model)
        hash.combine(request.user)
        hash.combine(UInt64(request.retry))
        for message in request.messages {
            hash.combine(message.role.rawValue)
            let mayTellTime = message.role == .assistant || message.toolCallID.map(times.contains) == true
            if !mayTellTime { hash.combine(message.content) }
            for call in message.toolCalls { hash.combine(call.id) }
        }
        return hash.value
    }
}
