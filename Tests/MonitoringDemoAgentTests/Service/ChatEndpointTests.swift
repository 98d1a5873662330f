import Foundation
import MonitoringCore
import Synchronization
import Testing

@testable import MonitoringDemoAgent

/// Fails as it is told to.
private struct FailingClient: ChatClient {
    let provider = "failing"
    var error: any Error
    /// What it says before it fails.
    var text = ""

    func complete(_ request: ChatRequest) async throws -> ChatResponse { throw error }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatChunk, any Error> {
        AsyncThrowingStream { continuation in
            if !text.isEmpty { continuation.yield(.text(text)) }
            continuation.finish(throwing: error)
        }
    }
}

/// Is gone after some writes.
private final class LeavingReader: EndpointBodyWriter {
    struct Gone: Error {}

    private let patience: Mutex<Int>

    init(after writes: Int) {
        patience = Mutex(writes)
    }

    func write(_ bytes: [UInt8]) async throws {
        let stays = patience.withLock { patience in
            patience -= 1
            return patience >= 0
        }
        if !stays { throw Gone() }
    }
}

struct ChatEndpointTests {
    private func endpoint(_ observed: ObservedAssistant) -> Endpoint {
        ChatEndpoint(assistant: observed.assistant).endpoint
    }

    @Test func `a question is answered`() async throws {
        let observed = try await ObservedAssistant()
        let question = #"{"question": "What is 6 * 7?", "conversation": "c", "user": "ada", "mood": ["good"]}"#
        let served = try await endpoint(observed).serve(question, in: observed.monitor)
        #expect(served.status == 200 && served.headers.values("content-type") == ["application/json"])
        let json = try #require(served.json)
        #expect(json["answer"] as? String == "The result is 42.")
        #expect(json["conversation"] as? String == "c" && json["user"] as? String == "ada")
        #expect(json["request_id"] as? String == "req-1")
        let usage = try #require(json["usage"] as? [String: Int])
        #expect((usage["input_tokens"] ?? 0) > 0 && (usage["output_tokens"] ?? 0) > (usage["reasoning_tokens"] ?? 0))
        #expect(observed.assistant.conversations.history(of: "c").count == 2)
    }

    @Test func `what the assistant does hangs below the request`() async throws {
        let observed = try await ObservedAssistant()
        for accept in [nil, "text/event-stream"] {
            let question = #"{"question": "What is 6 * 7?", "user": "\#(accept ?? "json")"}"#
            _ = try await endpoint(observed).serve(question, accept: accept, in: observed.monitor)
        }
        let one = [
            "POST /chat", "  conversation turn", "    get answers", "    invoke_agent librarian",
            "      chat scripted-1", "      chat scripted-1", "      execute_tool calculate", "    set answers",
        ]
        #expect(try observed.tree == one + one)
        #expect(observed.summary == RunSummary(operations: 16, errors: 0, traces: 2, httpRequests: 2))
    }

    @Test func `a conversation and a user are made up, others each time`() async throws {
        let observed = try await ObservedAssistant()
        var names: Set<String> = []
        for body in [#"{"question": "Hello"}"#, #"{"question": "Hello", "user": "", "conversation": null}"#] {
            let json = try #require(try await endpoint(observed).serve(body, in: observed.monitor).json)
            names.formUnion([json["conversation"] as? String ?? "", json["user"] as? String ?? ""])
        }
        #expect(names.count == 4 && !names.contains(""))
    }

    @Test(arguments: [
        ("", "the body must be JSON"), ("[]", "the body must be JSON"), ("{", "the body must be JSON"),
        (#"{"q": "?"}"#, "question is missing"), (#"{"question": 7}"#, "question must be text"),
        (#"{"question": null}"#, "question must be text"), (#"{"question": " \n"}"#, "question is empty"),
        (#"{"question": "?", "user": {}}"#, "user must be text"),
        (#"{"question": "?", "user": "\#(String(repeating: "u", count: 201))"}"#, "user is longer than 200 bytes"),
        (#"{"question": "\#(String(repeating: "q", count: 16_385))"}"#, "question is longer than 16384 bytes"),
        (String(repeating: "[", count: 60_000), "the body must be JSON"),
    ])
    func `what is no question is refused with the reason`(body: String, message: String) async throws {
        let observed = try await ObservedAssistant()
        let served = try await endpoint(observed).serve(body, in: observed.monitor)
        let error = try #require(served.error)
        #expect(served.status == 400 && error["type"] as? String == "invalid_request")
        #expect((error["message"] as? String)?.hasPrefix(message) == true)
        #expect(error["request_id"] as? String == "req-1")
        #expect(observed.summary.operations == 1)
    }

    @Test func `a body that is too long is refused unread`() async throws {
        let observed = try await ObservedAssistant()
        let body = #"{"question": "?"}"# + String(repeating: " ", count: 64 << 10)
        let served = try await endpoint(observed).serve(body, in: observed.monitor)
        #expect(served.status == 413 && served.error?["type"] as? String == "too_large")
    }

    @Test(
        arguments: [
            (ChatError.rateLimited(retryAfter: nil), 503, "model_busy", "1"),
            (ChatError.rateLimited(retryAfter: .milliseconds(7_200)), 503, "model_busy", "8"),
            (ChatError.rateLimited(retryAfter: .seconds(86_400)), 503, "model_busy", "3601"),
            (ChatError.timeout(after: .seconds(1)), 504, "model_timeout", nil),
            (ChatError.server(status: 401, message: "key k-1 is wrong"), 502, "model_failed", nil),
            (ChatError.unreachable, 502, "model_failed", nil),
            (ChatError.malformed, 502, "model_failed", nil),
            (AgentError.tooManySteps(limit: 5), 502, "no_answer", nil),
            (CancellationError(), 503, "stopping", "1"),
            (LeavingReader.Gone(), 500, "internal", nil),
        ] as [(any Error, Int, String, String?)])
    func `an error has a status that says whose fault it is, and tells no insides`(
        error: any Error, status: Int, type: String, retryAfter: String?
    ) async throws {
        let observed = try await ObservedAssistant(asking: FailingClient(error: error))
        let served = try await endpoint(observed).serve(#"{"question": "?"}"#, in: observed.monitor)
        #expect(served.status == status && served.error?["type"] as? String == type)
        #expect(served.headers.values("retry-after").first == retryAfter)
        #expect(!served.text.contains("k-1") && !served.text.contains("Gone"))
    }

    @Test func `a stream tells the steps, the pieces as the model makes them, and the end`() async throws {
        let observed = try await ObservedAssistant()
        let question = #"{"question": "When is story hour?", "conversation": "c", "user": "ada"}"#
        let served = try await endpoint(observed).serve(question, accept: "text/event-stream", in: observed.monitor)
        #expect(served.status == 200)
        #expect(served.headers.values("content-type") == ["text/event-stream; charset=utf-8"])
        let events = try served.events
        #expect(events.first == ServerSentEvent(name: "step", data: #"{"tools":["search_documents"]}"#))
        let pieces = events.filter { $0.name == "piece" }
        #expect(pieces.count > 3)
        let text = try pieces.map { try JSONDecoder().decode([String: String].self, from: Data($0.data.utf8))["text"] }
        let end = try #require(events.last)
        let done = try #require(try JSONSerialization.jsonObject(with: Data(end.data.utf8)) as? [String: Any])
        #expect(end.name == "done" && done["conversation"] as? String == "c" && done["answer"] == nil)
        #expect(done["request_id"] as? String == "req-1" && done["usage"] is [String: Any])
        #expect(text.compactMap(\.self).joined() == observed.assistant.conversations.history(of: "c").last?.content)
    }

    @Test func `an answer that is known comes as one piece and costs nothing`() async throws {
        let observed = try await ObservedAssistant()
        let question = #"{"question": "What is 6 * 7?", "conversation": "c", "user": "ada"}"#
        _ = try await endpoint(observed).serve(question, in: observed.monitor)
        let served = try await endpoint(observed).serve(question, accept: "text/event-stream", in: observed.monitor)
        let events = try served.events
        #expect(events.map(\.name) == ["piece", "done"])
        #expect(events.first?.data == #"{"text":"The result is 42."}"#)
        #expect(events.last?.data.contains(#""input_tokens":0"#) == true)
    }

    @Test func `an error within a stream is an event, and the request has failed`() async throws {
        let client = FailingClient(error: ChatError.server(status: 500, message: "k-1"), text: "Well, ")
        let observed = try await ObservedAssistant(asking: client)
        let served = try await endpoint(observed).serve(
            #"{"question": "?"}"#, accept: "text/event-stream", in: observed.monitor)
        let events = try served.events
        #expect(served.status == 200 && events.map(\.name) == ["piece", "error"])
        #expect(events.first?.data == #"{"text":"Well, "}"#)
        #expect(events.last?.data.contains("model_failed") == true && !served.text.contains("k-1"))
        // The request, the turn, the agent and the one chat: what was told is not asked again.
        #expect(observed.summary.errors == 4 && observed.summary.operations == 5)
    }

    @Test func `a refused question is answered at once, whatever is accepted`() async throws {
        let observed = try await ObservedAssistant()
        let served = try await endpoint(observed).serve("{}", accept: "text/event-stream", in: observed.monitor)
        #expect(served.status == 400 && served.error != nil)
    }

    @Test(arguments: [0, 1, 3]) func `a reader who leaves is worked for no longer`(writes: Int) async throws {
        let observed = try await ObservedAssistant()
        let question = #"{"question": "When is story hour?", "conversation": "c"}"#
        await #expect(throws: CancellationError.self) {
            try await endpoint(observed).serve(
                question, accept: "text/event-stream", in: observed.monitor, writer: LeavingReader(after: writes))
        }
        #expect(observed.summary.errors == 0)
        #expect(observed.assistant.conversations.history(of: "c").isEmpty)
    }

    @Test(arguments: [
        ("text/event-stream", true), ("application/json, Text/Event-Stream;q=0.5", true),
        ("text/event-stream;q=0", false), ("text/event-stream; q=0.0", false), ("*/*", false), ("text/*", false),
        ("application/json", false), ("", false),
    ])
    func `streams are for those who ask for them by name`(accept: String, expected: Bool) {
        let request = EndpointRequest(path: "/chat", headers: Monitor.Headers([("ACCEPT", accept)]))
        #expect(request.accepts("text/event-stream") == expected)
    }
}
