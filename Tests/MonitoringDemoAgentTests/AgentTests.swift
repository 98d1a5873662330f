import MonitoringCore
import Synchronization
import Testing

@testable import MonitoringDemoAgent

/// Answers from a list and remembers what it was asked.
private final class ListedClient: ChatClient {
    enum Answer: Sendable {
        case text(String)
        case calls([ToolCall])
        case failure(ChatError)
    }

    let provider = "listed"
    private let state: Mutex<(answers: [Answer], requests: [ChatRequest])>

    init(_ answers: [Answer]) {
        self.state = Mutex((answers, []))
    }

    var requests: [ChatRequest] { state.withLock { $0.requests } }

    func complete(_ request: ChatRequest) async throws -> ChatResponse {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers.isEmpty ? .text("") : state.answers.removeFirst()
        }
        let usage = ChatResponse.Usage(input: 1, cachedInput: 0, output: 1, reasoning: 0)
        switch answer {
        case .text(let text):
            return ChatResponse(id: "r", model: "m", message: .assistant(text), finishReason: .stop, usage: usage)
        case .calls(let calls):
            return ChatResponse(
                id: "r", model: "m", message: .assistant("", calling: calls), finishReason: .toolCalls, usage: usage)
        case .failure(let error): throw error
        }
    }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatChunk, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    let response = try await complete(request)
                    if !response.message.content.isEmpty { continuation.yield(.text(response.message.content)) }
                    if response.message.content != "cut off" { continuation.yield(.finished(response)) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

struct AgentTests {
    private let ada = Session(user: "ada", conversation: "c")
    private let sum = ToolCall(id: "1", name: CalculatorTool.name, arguments: ToolArguments("expression", "6 * 7"))

    private func agent(_ client: ListedClient, pace: Pace = .immediate) -> Agent {
        Agent(
            name: "test",
            instructions: "Help.",
            model: "m",
            client: client,
            tools: Toolbox([CalculatorTool()], monitor: .off),
            monitor: .off,
            pace: pace
        )
    }

    @Test func `runs the tools that the model asks for and gives the results back in order`() async throws {
        let unknown = ToolCall(id: "2", name: "fly", arguments: ToolArguments(json: "{}"))
        let wrong = ToolCall(id: "3", name: CalculatorTool.name, arguments: ToolArguments(json: "[]"))
        let zero = ToolCall(id: "4", name: CalculatorTool.name, arguments: ToolArguments("expression", "1 / 0"))
        let missing = ToolCall(id: "5", name: CalculatorTool.name, arguments: ToolArguments("formula", "1"))
        let client = ListedClient([.calls([sum, unknown, wrong, zero, missing]), .text("42")])
        #expect(try await agent(client).run("6 * 7?", after: [.user("a"), .assistant("b")], for: ada) == "42")
        let requests = client.requests
        #expect(requests.count == 2)
        #expect(requests[0].messages == [.system("Help."), .user("a"), .assistant("b"), .user("6 * 7?")])
        #expect(requests[0].user == "ada" && requests[0].tools.map(\.name) == ["calculate"])
        #expect(requests[1].messages.suffix(5).map(\.toolCallID) == ["1", "2", "3", "4", "5"])
        #expect(
            requests[1].messages.suffix(5).map(\.content) == [
                "42", "error: there is no tool 'fly'", "error: invalid arguments for calculate: not a JSON object",
                "error: division by zero at 2", "error: invalid arguments for calculate: expression is missing",
            ])
    }

    @Test func `asks again after a rate limit, as late as the provider says`() async throws {
        let waits = Mutex<[Duration]>([])
        let pace = Pace { wait in waits.withLock { $0.append(wait) } }
        let client = ListedClient([.failure(.rateLimited(retryAfter: .milliseconds(70))), .text("ok")])
        #expect(try await agent(client, pace: pace).run("?", for: ada) == "ok")
        #expect(client.requests.map(\.retry) == [0, 1])
        #expect(waits.withLock { $0 } == [.milliseconds(70)])
    }

    @Test func `gives up after its retries`() async {
        let error = ChatError.server(status: 503, message: "down")
        let client = ListedClient(Array(repeating: .failure(error), count: 9))
        await #expect(throws: error) { try await agent(client).run("?", for: ada) }
        #expect(client.requests.map(\.retry) == [0, 1, 2])
    }

    @Test(arguments: [
        ChatError.timeout(after: .seconds(1)), .server(status: 400, message: "bad"), .malformed,
        .rateLimited(retryAfter: .seconds(3)),
    ])
    func `does not ask again where that cannot help`(error: ChatError) async {
        let client = ListedClient([.failure(error), .text("late")])
        await #expect(throws: error) { try await agent(client).run("?", for: ada) }
        #expect(client.requests.count == 1)
    }

    @Test func `a model that never answers is stopped`() async {
        let client = ListedClient(Array(repeating: .calls([sum]), count: 9))
        await #expect(throws: AgentError.tooManySteps(limit: 5)) { try await agent(client).run("?", for: ada) }
        #expect(client.requests.count == 5)
    }

    @Test func `tells the steps and the text, and asks again as long as nothing was told`() async throws {
        let client = ListedClient([
            .failure(.server(status: 503, message: "down")), .calls([sum]), .failure(.rateLimited(retryAfter: nil)),
            .text("42"),
        ])
        let parts = Mutex<[AnswerPart]>([])
        let answer = try await agent(client).run("?", for: ada) { part in parts.withLock { $0.append(part) } }
        #expect(answer == "42" && client.requests.map(\.retry) == [0, 1, 0, 1])
        #expect(parts.withLock(\.self) == [.step(tools: ["calculate"]), .piece("42")])
    }

    @Test func `what the listener throws ends the answering`() async {
        let client = ListedClient([.calls([sum]), .text("42")])
        await #expect(throws: CancellationError.self) {
            try await agent(client).run("?", for: ada) { _ in throw CancellationError() }
        }
        #expect(client.requests.count == 1)
    }

    @Test func `a stream that ends early is an error`() async {
        let client = ListedClient([.calls([sum]), .text("cut off")])
        await #expect(throws: ChatError.incomplete) { try await agent(client).run("?", for: ada) }
    }

    @Test func `the backoff grows, is bounded and never zero`() {
        let backoff = Backoff(base: .milliseconds(20), longest: .milliseconds(100))
        let error = ChatError.server(status: 500, message: "")
        for (retry, most) in [(0, 20), (1, 40), (2, 80), (3, 100), (60, 100)] {
            let delay = backoff.delay(beforeRetry: retry, after: error)
            #expect(delay <= .milliseconds(most) && delay >= .milliseconds(most) / 2)
        }
        #expect(backoff.delay(beforeRetry: 0, after: .rateLimited(retryAfter: .seconds(1))) == .seconds(1))
    }
}
