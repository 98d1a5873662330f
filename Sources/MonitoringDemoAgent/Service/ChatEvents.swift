import MonitoringCore

/// The events of a streamed answer: `step` and `piece` as they come, then `done` or `error`.
struct ChatEvents: Sendable {
    private struct Step: Encodable {
        var tools: [String]
    }

    private struct Piece: Encodable {
        var text: String
    }

    let writer: any EndpointBodyWriter

    /// Tells a part of the answer.
    ///
    /// - Throws: `CancellationError` when the reader is gone, so that nobody works for nobody.
    @Sendable func tell(_ part: AnswerPart) async throws {
        switch part {
        case .step(let tools): try await write("step", Step(tools: tools))
        case .piece(let text): try await write("piece", Piece(text: text))
        }
    }

    /// Tells that the answer is whole.
    func end(_ reply: ChatReply) async throws {
        try await write("done", reply)
    }

    /// Tells that there will be no answer, or no more of it.
    func end(_ error: ErrorAnswer) async throws {
        try await write("error", error)
    }

    private func write(_ name: String, _ value: some Encodable) async throws {
        let event = ServerSentEvent(name: name, data: String(decoding: JSONBytes.encoded(value), as: UTF8.self))
        do {
            try await writer.write(event.bytes)
        } catch {
            throw CancellationError()
        }
    }
}
