/// One event of a streamed chat completion.
struct OpenAIChunk: Decodable {
    struct Choice: Decodable {
        var delta: Delta?
        var finishReason: String?
    }

    struct Delta: Decodable {
        var content: String?
        var toolCalls: [CallPiece]?
    }

    /// A piece of a tool call; the pieces of one call have its index.
    struct CallPiece: Decodable {
        struct Function: Decodable {
            var name: String?
            var arguments: String?
        }

        var index: Int?
        var id: String?
        var function: Function?
    }

    var id: String?
    var model: String?
    var choices: [Choice]?
    var usage: OpenAIUsage?
    /// Set when the server failed after it had begun to answer.
    var error: OpenAIError?
}
