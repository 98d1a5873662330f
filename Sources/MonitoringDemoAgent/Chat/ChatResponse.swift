/// A model's whole answer.
struct ChatResponse: Sendable, Hashable {
    enum FinishReason: String, Sendable {
        case stop
        case length
        case toolCalls = "tool_calls"
        case contentFilter = "content_filter"
    }

    /// What the request cost, in tokens.
    struct Usage: Sendable, Hashable {
        /// All tokens read, the cached ones included.
        var input: Int
        /// Those of the input that the provider had read before.
        var cachedInput: Int
        /// All tokens written, reasoning included.
        var output: Int
        /// Those of the output that are thoughts and not text.
        var reasoning: Int

        static let zero = Self(input: 0, cachedInput: 0, output: 0, reasoning: 0)

        static func += (sum: inout Self, more: Self) {
            sum.input += more.input
            sum.cachedInput += more.cachedInput
            sum.output += more.output
            sum.reasoning += more.reasoning
        }
    }

    var id: String
    /// The model that answered, which may be more exact than the one asked for.
    var model: String
    var message: ChatMessage
    var finishReason: FinishReason
    /// Nil when the provider did not tell.
    var usage: Usage?
}
