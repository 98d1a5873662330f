/// One message of a conversation, in the shape that chat completion APIs share.
struct ChatMessage: Sendable, Hashable {
    enum Role: String, Sendable {
        case system
        case user
        case assistant
        case tool
    }

    var role: Role
    var content: String
    /// What the assistant wants done; only on assistant messages.
    var toolCalls: [ToolCall] = []
    /// Which call this is the result of; only on tool messages.
    var toolCallID: String?

    static func system(_ content: String) -> Self { Self(role: .system, content: content) }
    static func user(_ content: String) -> Self { Self(role: .user, content: content) }
    static func assistant(_ content: String, calling calls: [ToolCall] = []) -> Self {
        Self(role: .assistant, content: content, toolCalls: calls)
    }
    static func tool(_ content: String, answering call: ToolCall) -> Self {
        Self(role: .tool, content: content, toolCallID: call.id)
    }
}
