import MonitoringCore

extension Monitor.Operation {
    /// Notes what a model is asked.
    func note(_ request: ChatRequest) {
        self[.maxTokens] = request.maxTokens
        if request.retry > 0 { self[.resendCount] = request.retry }
        for message in request.messages where !message.content.isEmpty {
            content(message.role.contentRole, message.content)
        }
    }

    /// Notes what a model answered, and what that cost.
    func note(_ response: ChatResponse) {
        self[.responseID] = response.id
        self[.responseModel] = response.model
        self[.finishReasons] = [response.finishReason.rawValue]
        self[.inputTokens] = response.usage.input
        self[.outputTokens] = response.usage.output
        self[.cacheReadInputTokens] = response.usage.cachedInput
        self[.reasoningOutputTokens] = response.usage.reasoning
        content(.assistant, response.message.content)
    }
}

extension ChatMessage.Role {
    /// The layer's word for the role. Earlier answers are part of what is asked, not the answer.
    fileprivate var contentRole: Monitor.ContentRole {
        switch self {
        case .system: .system
        case .user: .user
        case .assistant: "earlier.assistant"
        case .tool: .tool
        }
    }
}
