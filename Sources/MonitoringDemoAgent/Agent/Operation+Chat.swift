import MonitoringCore

extension Monitor.Operation {
    /// Notes what a model is asked.
    func note(_ request: ChatRequest) {
        self[.maxTokens] = request.maxTokens
        if request.retry > 0 { self[.resendCount] = request.retry }
        for message in request.messages {
            switch message.role {
            case .system: content(.system, message.content)
            case .user: content(.user, message.content)
            case .tool: content(.tool, message.content)
            case .assistant: continue  // an earlier answer, which is on the span of the request that it answered
            }
        }
    }

    /// Notes what a model answered, and what that cost.
    func note(_ response: ChatResponse) {
        if !response.id.isEmpty { self[.responseID] = response.id }
        self[.responseModel] = response.model
        self[.finishReasons] = [response.finishReason.rawValue]
        self[.inputTokens] = response.usage?.input
        self[.outputTokens] = response.usage?.output
        self[.cacheReadInputTokens] = response.usage?.cachedInput
        self[.reasoningOutputTokens] = response.usage?.reasoning
        content(.assistant, response.message.content)
    }
}
