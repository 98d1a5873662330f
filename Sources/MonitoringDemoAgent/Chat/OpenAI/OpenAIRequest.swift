import Foundation

/// The body of a request for a chat completion.
struct OpenAIRequest: Encodable {
    fileprivate struct Message: Encodable {
        var role: String
        var content: String?
        var tool_calls: [Call]?
        var tool_call_id: String?
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
            var additionalProperties = false
        }

        var type = "function"
        var function: Function
    }

    private struct StreamOptions: Encodable {
        var include_usage = true
    }

    private var model: String
    private var messages: [Message]
    private var tools: [Tool]?
    private var max_tokens: Int?
    private var max_completion_tokens: Int?
    private var user: String
    private var stream: Bool?
    private var stream_options: StreamOptions?

    init(_ request: ChatRequest, for settings: OpenAISettings, streaming: Bool) {
        self.model = request.model
        self.messages = request.messages.map(Message.init)
        self.tools = request.tools.isEmpty ? nil : request.tools.map(Tool.init)
        self.max_tokens = settings.isOpenAI ? nil : request.maxTokens
        self.max_completion_tokens = settings.isOpenAI ? request.maxTokens : nil
        self.user = request.user
        self.stream = streaming ? true : nil
        self.stream_options = streaming ? StreamOptions() : nil
    }

    /// The body's bytes.
    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
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
            tool_calls: calls.isEmpty ? nil : calls,
            tool_call_id: message.toolCallID
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
