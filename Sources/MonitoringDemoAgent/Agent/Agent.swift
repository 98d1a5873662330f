import MonitoringCore

/// An agent: it plans, has tools run, and answers.
struct Agent: Sendable {
    let name: String
    let instructions: String
    let model: String
    let client: any ChatClient
    let tools: Toolbox
    let monitor: Monitor
    var backoff = Backoff()
    var pace = Pace.real
    /// The most requests to the model for one question.
    var stepLimit = 5

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - history: What was said before in the conversation.
    ///   - session: Who asks, and where.
    ///   - listener: Takes the answer in parts as the model makes it; without one only the end counts.
    /// - Returns: The answer's text.
    /// - Throws: ``ChatError`` when the model does not answer, ``AgentError`` when it never comes to an end, and what the
    ///   listener throws.
    func run(
        _ question: String,
        after history: [ChatMessage] = [],
        for session: Session,
        telling listener: AnswerListener? = nil
    ) async throws -> String {
        try await monitor.observe(.agent(name: name, conversation: session.conversation)) { operation in
            operation.content(.user, question)
            var messages = [.system(instructions)] + history + [.user(question)]
            for step in 0..<stepLimit {
                let response = try await ask(messages, for: session, streaming: step > 0, listener, operation)
                let calls = response.message.toolCalls
                guard !calls.isEmpty else {
                    operation.content(.assistant, response.message.content)
                    return response.message.content
                }
                operation.event("planned", ["step": step, "tools": calls.map(\.name)])
                try await listener?(.step(tools: calls.map(\.name)))
                messages.append(response.message)
                messages += try await tools.results(of: calls, for: session)
            }
            throw AgentError.tooManySteps(limit: stepLimit)
        }
    }

    /// Asks the model, again after a while if that can help and nothing of the answer was told.
    private func ask(
        _ messages: [ChatMessage],
        for session: Session,
        streaming: Bool,
        _ listener: AnswerListener?,
        _ operation: Monitor.Operation
    ) async throws -> ChatResponse {
        var request = ChatRequest(model: model, messages: messages, tools: tools.descriptions, user: session.user)
        let told = Once()
        let tell = listener.map { listener -> AnswerListener in
            { part in
                _ = told.take()
                try await listener(part)
            }
        }
        while true {
            do {
                let response = try await streaming || tell != nil ? streamed(request, tell) : complete(request)
                TurnNotes.current?.spent(response.usage)
                return response
            } catch let error as ChatError where !told.isTaken && backoff.allows(retry: request.retry, after: error) {
                let wait = backoff.delay(beforeRetry: request.retry, after: error)
                operation.event("retry", ["reason": error.monitoringErrorType, "wait": wait])
                monitor.breadcrumb("asking the model again: \(error)", category: "llm", level: .warning)
                try await pace.wait(wait)
                request.retry += 1
            }
        }
    }

    private func complete(_ request: ChatRequest) async throws -> ChatResponse {
        try await monitor.observe(.chat(provider: client.provider, model: model)) { operation in
            operation.note(request)
            let response = try await client.complete(request)
            operation.note(response)
            return response
        }
    }

    private func streamed(_ request: ChatRequest, _ listener: AnswerListener?) async throws -> ChatResponse {
        let chunks = monitor.observeStream(
            .chat(provider: client.provider, model: model, streaming: true),
            client.stream(request)
        ) { chunk, operation in
            if case .finished(let response) = chunk { operation.note(response) }
        }
        chunks.operation.note(request)
        var response: ChatResponse?
        do {
            for try await chunk in chunks {
                switch chunk {
                case .text(let piece): try await listener?(.piece(piece))
                case .finished(let whole): response = whole
                }
            }
        } catch {
            // The listener's error, if it is not the stream's own: what is left of the stream nobody wants.
            chunks.operation.end(throwing: error)
            throw error
        }
        try Task.checkCancellation()
        guard let response else { throw ChatError.incomplete }
        return response
    }
}
