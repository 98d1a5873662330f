/// A chat completion that came as a whole.
///
/// What a server leaves out is left out here: many that speak as OpenAI does are not complete.
struct OpenAICompletion: Decodable {
    struct Choice: Decodable {
        var message: Message
        var finishReason: String?
    }

    struct Message: Decodable {
        var content: String?
        var toolCalls: [Call]?
    }

    struct Call: Decodable {
        struct Function: Decodable {
            var name: String
            var arguments: String?
        }

        var id: String?
        var function: Function
    }

    var id: String?
    var model: String?
    var choices: [Choice]
    var usage: OpenAIUsage?

    /// The response in the demo's own words.
    ///
    /// - Throws: ``ChatError/malformed`` when there is no choice.
    func response(to request: ChatRequest) throws(ChatError) -> ChatResponse {
        guard let choice = choices.first else { throw .malformed }
        let calls = (choice.message.toolCalls ?? []).enumerated().map { position, call in
            ToolCall(
                id: call.id ?? "call_\(position)",
                name: call.function.name,
                arguments: ToolArguments(json: call.function.arguments ?? "{}")
            )
        }
        return ChatResponse(
            id: id ?? "",
            model: model ?? request.model,
            message: .assistant(choice.message.content ?? "", calling: calls),
            finishReason: ChatResponse.FinishReason(openAI: choice.finishReason, hasCalls: !calls.isEmpty),
            usage: usage.map(ChatResponse.Usage.init)
        )
    }
}

extension ChatResponse.FinishReason {
    /// The reason by OpenAI's name; a reason that is not known is a stop like any other.
    init(openAI name: String?, hasCalls: Bool) {
        self = hasCalls ? .toolCalls : name.flatMap(Self.init(rawValue:)) ?? .stop
    }
}
