/// The body of a request for a chat completion.
struct OpenAIRequest: Encodable {
    fileprivate struct Message: Encodable {
        var role: String
        var content: String?
        var toolCalls: [Call]?
        var toolCallId: String?
    }

    fileprivate struct Call: Encodable {
        struct Function: Encodable {
            var name: String
            var arguments: String
        }

        var id: String
        var type = "function"
        var function: Function
    }

    fileprivate struct Tool: Encodable {
        struct Function: Encodable {
            var name: String
            var description: String
            var parameters: Parameters
        }

        struct Parameters: Encodable {
            struct Property: Encodable {
                var type = "string"
                var description: String
            }

            var type = "object"
            var properties: [String: Property]
            var required: [String]
        }

        var type = "function"
        var function: Function
    }

    private struct StreamOptions: Encodable {
        var includeUsage = true
    }

    private var model: String
    private var messages: [Message]
    private var tools: [Tool]?
    private var maxTokens: Int?
    private var maxCompletionTokens: Int?
    private var user: String
    private var stream: Bool?
    private var streamOptions: StreamOptions?

    init(_ request: ChatRequest, for api: OpenAIAPI, streaming: Bool) {
        self.model = request.model
        self.messages = request.messages.map(Message.init)
        self.tools = request.tools.isEmpty ? nil : request.tools.map(Tool.init)
        self.maxTokens = api.isOpenAI ? nil : request.maxTokens
        self.maxCompletionTokens = api.isOpenAI ? request.maxTokens : nil
        self.user = request.user
        self.stream = streaming ? true : nil
        self.streamOptions = streaming ? StreamOptions() : nil
    }
}

extension OpenAIRequest.Message {
    fileprivate init(_ message: ChatMessage) {
        let calls = message.toolCalls.map { call in
            OpenAIRequest.Call(id: call.id, function: .init(name: call.name, arguments: call.arguments.json))
        }
        self.init(
            role: message.role.rawValue,
            content: calls.isEmpty || !message.content.isEmpty ? message.content : nil,
            toolCalls: calls.isEmpty ? nil : calls,
            toolCallId: message.toolCallID
        )
    }
}

extension OpenAIRequest.Tool {
    fileprivate init(_ tool: ToolDescription) {
        let properties = tool.parameters.map { ($0.name, Parameters.Property(description: $0.description)) }
        self.init(
            function: Function(
                name: tool.name,
                description: tool.description,
                parameters: Parameters(
                    properties: Dictionary(properties, uniquingKeysWith: { $1 }),
                    required: tool.parameters.map(\.name)
                )
            )
        )
    }
}
