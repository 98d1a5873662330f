import MonitoringCore
import Testing

@testable import MonitoringDemoAgent

struct AssistantTests {
    @Test func `one question is one tree`() async throws {
        let observed = try await ObservedAssistant()
        let answer = try await observed.answer("What is 6 * 7?")
        #expect(answer == "The result is 42.")
        #expect(
            try observed.tree == [
                "conversation turn",
                "  get answers",
                "  invoke_agent librarian",
                "    chat scripted-1",
                "    chat scripted-1",
                "    execute_tool calculate",
                "  set answers",
            ]
        )
        #expect(observed.summary == RunSummary(operations: 7, errors: 0, traces: 1))
        #expect(Set(try observed.entries.map(\.traceId)).count == 1)
        let kinds = Dictionary(try observed.entries.map { ($0.name, $0.kind) }, uniquingKeysWith: { $1 })
        #expect(kinds["chat scripted-1"] == "client" && kinds["invoke_agent librarian"] == "internal")
    }

    @Test func `two topics are researched by two agents below their tools`() async throws {
        let observed = try await ObservedAssistant()
        let answer = try await observed.answer("Compare rare books with book repair.")
        #expect(answer.contains("A closer look: "))
        let tree = try observed.tree
        let researcher = try #require(tree.firstIndex(of: "    execute_tool research"))
        #expect(tree[researcher + 1] == "      invoke_agent researcher")
        #expect(tree.count { $0 == "      invoke_agent researcher" } == 2)
        #expect(tree.contains("          retrieval operations-manual"))
    }

    @Test func `a question asked again is answered from the cache, and only to the same reader`() async throws {
        let observed = try await ObservedAssistant()
        let first = try await observed.answer("What is 6 * 7?")
        let before = observed.summary.operations
        #expect(try await observed.answer("what is  6 * 7?") == first)
        #expect(observed.summary.operations == before + 2)
        #expect(observed.assistant.answers.counts == AnswerCache.Counts(hits: 1, misses: 1))
        _ = try? await observed.answer("What is 6 * 7?", for: "eve")
        #expect(observed.assistant.answers.counts.misses == 2)
        #expect(observed.assistant.conversations.history(of: "c-ada").count == 4)
    }

    @Test func `without a model there is no answer, and the turn failed`() async throws {
        let observed = try await ObservedAssistant(broken: [.llm])
        await #expect(throws: ChatError.self) { try await observed.answer("What is 6 * 7?") }
        #expect(observed.summary == RunSummary(operations: 6, errors: 5, traces: 1))
    }

    @Test func `without tools the model says so`() async throws {
        let observed = try await ObservedAssistant(broken: [.tool])
        let answer = try await observed.answer("When is story hour?")
        #expect(answer == "That could not be found out: operations-manual is not available.")
        #expect(observed.summary.errors >= 2)
    }

    @Test func `without the cache answers still come`() async throws {
        let observed = try await ObservedAssistant(broken: [.cache])
        #expect(try await observed.answer("What is 6 * 7?") == "The result is 42.")
        #expect(observed.summary == RunSummary(operations: 7, errors: 2, traces: 1))
    }
}
