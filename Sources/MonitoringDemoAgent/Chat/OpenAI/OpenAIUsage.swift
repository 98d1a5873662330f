/// What a completion cost, as OpenAI tells it.
struct OpenAIUsage: Decodable {
    struct PromptDetails: Decodable {
        var cached_tokens: Int?
    }

    struct CompletionDetails: Decodable {
        var reasoning_tokens: Int?
    }

    var prompt_tokens: Int?
    var completion_tokens: Int?
    var prompt_tokens_details: PromptDetails?
    var completion_tokens_details: CompletionDetails?
}

extension ChatResponse.Usage {
    /// More is a mistake of the server's, and sums must not overflow.
    private static let mostTokens = 1_000_000_000

    init(_ usage: OpenAIUsage) {
        func sane(_ count: Int?) -> Int { min(max(count ?? 0, 0), Self.mostTokens) }
        self.init(
            input: sane(usage.prompt_tokens),
            cachedInput: sane(usage.prompt_tokens_details?.cached_tokens),
            output: sane(usage.completion_tokens),
            reasoning: sane(usage.completion_tokens_details?.reasoning_tokens)
        )
    }
}
