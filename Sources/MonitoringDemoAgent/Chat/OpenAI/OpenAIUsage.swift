/// What a completion cost, as OpenAI tells it.
struct OpenAIUsage: Decodable {
    struct PromptDetails: Decodable {
        var cachedTokens: Int?
    }

    struct CompletionDetails: Decodable {
        var reasoningTokens: Int?
    }

    var promptTokens: Int?
    var completionTokens: Int?
    var promptTokensDetails: PromptDetails?
    var completionTokensDetails: CompletionDetails?
}

extension ChatResponse.Usage {
    /// More is a mistake of the server's, and sums must not overflow.
    private static let mostTokens = 1_000_000_000

    init(_ usage: OpenAIUsage) {
        func sane(_ count: Int?) -> Int { min(max(count ?? 0, 0), Self.mostTokens) }
        self.init(
            input: sane(usage.promptTokens),
            cachedInput: sane(usage.promptTokensDetails?.cachedTokens),
            output: sane(usage.completionTokens),
            reasoning: sane(usage.completionTokensDetails?.reasoningTokens)
        )
    }
}
