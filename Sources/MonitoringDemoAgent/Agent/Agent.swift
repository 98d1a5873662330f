/// An agent: it plans, has tools run, and answers.
struct Agent: Sendable {
    let name: String
    let instructions: String
    let model: String
    let client: any ChatClient
    let tools: Toolbox
    var backoff = Backoff()
    var pace = Pace.real
    /// The most requests to the model for one question.
    var stepLimit = 5

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - history: What was said before in the conversation.
    ///   - user: Who asks.
    /// - Returns: The answer's text.
    /// - Throws: ``ChatError`` when the model does not answer, ``AgentError`` when it never comes to an end.
    func run(_ question: String, after history: [ChatMessage] = [], for user: String) async throws -> String {
        var messages = [.system(instructions)] + history + [.user(question)]
        for step in 0..<stepLimit {
            let response = try await ask(messages, for: user, streaming: step > 0)
            let calls = response.message.toolCalls
            guard !calls.isEmpty else { return response.message.content }
            messages.append(response.message)
            messages += try await tools.results(of: calls, for: user)
        }
        throw AgentError.tooManySteps(limit: stepLimit)
    }

    /// Asks the model, again after a while if that can help.
    private func ask(_ messages: [ChatMessage], for user: String, streaming: Bool) async throws -> ChatResponse {
        var request = ChatRequest(model: model, messages: messages, tools: tools.descriptions, user: user)
        while true {
            do {
                return try await streaming ? streamed(request) : client.complete(request)
            } catch let error as ChatError where error.isRetryable && request.retry < backoff.retries {
                try await pace.wait(backoff.delay(beforeRetry: request.retry, after: error))
                request.retry += 1
            }
        }
    }

    private func streamed(_ request: ChatRequest) async throws -> ChatResponse {
        for try await chunk in client.stream(request) {
            if case .finished(let response) = chunk { return response }
        }
        try Task.checkCancellation()
        throw ChatError.incomplete
    }
}
