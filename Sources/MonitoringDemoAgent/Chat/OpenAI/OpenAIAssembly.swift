/// A streamed completion as far as it has come.
struct OpenAIAssembly {
    private struct Call {
        var index: Int
        var id = ""
        var name = ""
        var arguments = ""
    }

    private static let mostCalls = 64

    private var id: String?
    private var model: String?
    private var text = ""
    private var calls: [Call] = []
    private var finishReason: String?
    private var usage: OpenAIUsage?

    /// Adds an event.
    ///
    /// - Returns: The text that it brought; mostly a few letters, often none.
    /// - Throws: ``ChatError`` when the server says that it failed, or its pieces make no sense.
    mutating func add(_ chunk: OpenAIChunk) throws(ChatError) -> String {
        if let error = chunk.error { throw ChatError(error) }
        id = id ?? chunk.id
        model = model ?? chunk.model
        usage = chunk.usage ?? usage
        // The last event has the usage and no choice; the demo never asks for more than one choice.
        guard let choice = chunk.choices?.first else { return "" }
        finishReason = choice.finishReason ?? finishReason
        for piece in choice.delta?.toolCalls ?? [] { try add(piece) }
        let piece = choice.delta?.content ?? ""
        text += piece
        return piece
    }

    private mutating func add(_ piece: OpenAIChunk.CallPiece) throws(ChatError) {
        // Some servers send each call whole and leave its index out.
        let isNew = piece.id?.isEmpty == false
        let index = piece.index ?? (isNew ? calls.count : max(calls.count - 1, 0))
        let position = calls.firstIndex { $0.index == index } ?? calls.endIndex
        if position == calls.endIndex {
            guard calls.count < Self.mostCalls else { throw .malformed }
            calls.append(Call(index: index))
        }
        if calls[position].id.isEmpty { calls[position].id = piece.id ?? "" }
        calls[position].name += piece.function?.name ?? ""
        calls[position].arguments += piece.function?.arguments ?? ""
    }

    /// The whole response.
    ///
    /// - Throws: ``ChatError/incomplete`` when the stream ended before it said why.
    func response(to request: ChatRequest) throws(ChatError) -> ChatResponse {
        guard finishReason != nil else { throw .incomplete }
        let calls = self.calls.sorted { $0.index < $1.index }.map { call in
            ToolCall(
                id: call.id.isEmpty ? "call_\(call.index)" : call.id,
                name: call.name,
                arguments: ToolArguments(json: call.arguments.isEmpty ? "{}" : call.arguments)
            )
        }
        return ChatResponse(
            id: id ?? "",
            model: model ?? request.model,
            message: .assistant(text, calling: calls),
            finishReason: ChatResponse.FinishReason(openAI: finishReason, hasCalls: !calls.isEmpty),
            usage: usage.map(ChatResponse.Usage.init)
        )
    }
}
