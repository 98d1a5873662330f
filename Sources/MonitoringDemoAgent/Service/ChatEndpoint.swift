import MonitoringCore

/// `POST /chat`: a question, answered as JSON, or as a stream of events where the caller accepts that.
struct ChatEndpoint: Sendable {
    static let path = "/chat"

    let assistant: Assistant

    var endpoint: Endpoint {
        .post(Self.path, .open) { request in await answer(request) }
    }

    private func answer(_ request: EndpointRequest) async -> EndpointResponse {
        do throws(ErrorAnswer) {
            let question = try ChatQuestion(body: request.body)
            guard !request.accepts("text/event-stream") else { return streamed(question) }
            return .json(encoding: try await reply(to: question))
        } catch {
            return error.response
        }
    }

    private func reply(to question: ChatQuestion) async throws(ErrorAnswer) -> ChatReply {
        do {
            let answer = try await assistant.answer(question.question, for: question.session)
            return ChatReply(answer: answer.text, to: question, usage: answer.usage)
        } catch {
            throw ErrorAnswer(error)
        }
    }

    private func streamed(_ question: ChatQuestion) -> EndpointResponse {
        EndpointResponse(
            headers: [
                ("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-store"),
                ("X-Accel-Buffering", "no"),
            ],
            body: .stream { writer in
                let events = ChatEvents(writer: writer)
                do {
                    let answer = try await assistant.answer(
                        question.question, for: question.session, telling: events.tell)
                    try await events.end(ChatReply(to: question, usage: answer.usage))
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    // The status was sent long ago: that the request failed must be said here.
                    Monitor.Operation.current.fail(error)
                    try await events.end(ErrorAnswer(error))
                }
            }
        )
    }
}

extension ChatReply {
    fileprivate init(answer: String? = nil, to question: ChatQuestion, usage: ChatResponse.Usage?) {
        self.init(
            answer: answer,
            session: question.session,
            requestID: Monitor.Operation.current.requestID,
            usage: usage
        )
    }
}
