/// What a model is asked.
struct ChatRequest: Sendable, Hashable {
    var model: String
    var messages: [ChatMessage]
    var tools: [ToolDescription] = []
    var maxTokens = 1024
    /// Whom the request is made for, as providers want to know it.
    var user: String
    /// How often this request was tried before; providers are told in a header.
    var retry = 0
}
