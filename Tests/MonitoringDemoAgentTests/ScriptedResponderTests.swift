import Testing

@testable import MonitoringDemoAgent

struct ScriptedResponderTests {
    private static let tools = [
        CalculatorTool().description, ToolDescription(name: SearchTool.name, description: "", parameters: []),
        ToolDescription(name: ResearchTool.name, description: "", parameters: []),
        ToolDescription(name: ClockTool.name, description: "", parameters: []),
    ]

    private func request(_ question: String, user: String = "ada", tools: [ToolDescription] = Self.tools) -> ChatRequest
    {
        ChatRequest(model: "m", messages: [.system("Help."), .user(question)], tools: tools, user: user)
    }

    private func responder(
        seed: UInt64 = 1, faults: ScriptedFaults = .none, breaker: Breaker = Breaker()
    ) -> ScriptedResponder {
        ScriptedResponder(seed: seed, faults: faults, breaker: breaker, pace: .immediate)
    }

    @Test func `the same seed and request give the same response, another seed another`() async throws {
        let question = request("Compare maps with films.")
        let first = try await responder().complete(question)
        #expect(try await responder().complete(question) == first)
        #expect(try await responder(seed: 2).complete(question).id != first.id)
    }

    @Test(arguments: [
        ("What is 3 * 12 * 0.25?", ["calculate {\"expression\":\"3 * 12 * 0.25\"}"]),
        (
            "When does the boat sail, and what is (14 + 7) * 3?",
            [
                "calculate {\"expression\":\"(14 + 7) * 3\"}", "search_documents {\"query\":\"boat sail\"}",
            ]
        ),
        (
            "Compare rare books with book repair.",
            ["research {\"topic\":\"rare books\"}", "research {\"topic\":\"book repair\"}"]
        ),
        ("Research volunteers.", ["research {\"topic\":\"volunteers\"}"]),
        ("Is sk-ant-api03-7 a shelf mark?", ["search_documents {\"query\":\"sk-ant-api03-7 shelf mark\"}"]),
        ("What time is it?", ["clock {}"]),
        ("What time is it? When is story hour?", ["clock {}", "search_documents {\"query\":\"story hour\"}"]),
        ("Thank you!", []),
    ])
    func `plans tools from the question`(question: String, plan: [String]) async throws {
        let response = try await responder().complete(request(question))
        #expect(response.message.toolCalls.map { "\($0.name) \($0.arguments.json)" } == plan)
        #expect(response.finishReason == (plan.isEmpty ? .stop : .toolCalls))
    }

    @Test func `plans only with the tools at hand`() async throws {
        let response = try await responder().complete(request("What is 2 + 2?", tools: []))
        #expect(response.message.toolCalls.isEmpty && !response.message.content.isEmpty)
    }

    @Test func `the pieces of a stream make up the answer`() async throws {
        let call = ToolCall(id: "1", name: CalculatorTool.name, arguments: ToolArguments("expression", "6 * 7"))
        var question = request("What is 6 * 7?")
        question.messages += [.assistant("", calling: [call]), .tool("42", answering: call)]
        var text = ""
        var responses: [ChatResponse] = []
        for try await chunk in responder().stream(question) {
            switch chunk {
            case .text(let piece): text += piece
            case .finished(let response): responses.append(response)
            }
        }
        #expect(text == "The result is 42.")
        #expect(responses == [try await responder().complete(question)])
        #expect(responses.first?.message.content == text)
    }

    @Test func `tokens are counted from the text, cached and reasoning ones within`() async throws {
        let short = try #require(try await responder().complete(request("Thank you!")).usage)
        let long = try #require(
            try await responder().complete(request("Compare the long story of rare books with study rooms.")).usage)
        #expect(short.input < long.input && short.reasoning == 0 && short.cachedInput == 0)
        #expect(long.reasoning > 0 && long.output > long.reasoning)
        var later = request("And maps?")
        later.messages.insert(contentsOf: [.user(String(repeating: "why ", count: 50)), .assistant("so")], at: 1)
        let usage = try #require(try await responder().complete(later).usage)
        #expect(usage.cachedInput > 0 && usage.cachedInput < usage.input && usage.cachedInput % 16 == 0)
    }

    @Test func `faults come as often as said, each with its retry drawn anew`() async {
        let faulty = responder(faults: ScriptedFaults(rateLimited: 0.2, timedOut: 0.1, failed: 0.1))
        var counts: [String: Int] = [:]
        var recovered = 0
        for number in 0..<1000 {
            var asked = request("Thank you!", user: "reader-\(number)")
            do {
                _ = try await faulty.complete(asked)
            } catch ChatError.rateLimited(let wait) {
                #expect(wait != nil)
                counts["limited", default: 0] += 1
                asked.retry = 1
                if (try? await faulty.complete(asked)) != nil { recovered += 1 }
            } catch ChatError.timeout {
                counts["timeout", default: 0] += 1
            } catch ChatError.server(let status, _) {
                #expect(status == 500)
                counts["server", default: 0] += 1
            } catch {
                Issue.record(error)
            }
        }
        #expect((150...250).contains(counts["limited"] ?? 0))
        #expect((70...130).contains(counts["timeout"] ?? 0))
        #expect((70...130).contains(counts["server"] ?? 0))
        #expect(recovered > 60)
    }

    @Test func `broken, it fails until it is healed, streams too`() async throws {
        let breaker = Breaker([.llm])
        let broken = responder(breaker: breaker)
        let error = ChatError.server(status: 503, message: "broken on purpose")
        await #expect(throws: error) { try await broken.complete(request("Thank you!")) }
        await #expect(throws: error) { for try await _ in broken.stream(request("Thank you!")) {} }
        breaker.heal(.llm)
        _ = try await broken.complete(request("Thank you!"))
    }
}
