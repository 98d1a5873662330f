import Foundation
import MonitoringTesting
import Testing

@testable import MonitoringDemoAgent

struct OpenAIClientTests {
    private static let completion = #"""
        {"id": "c-1", "object": "chat.completion", "model": "m-2025", "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hi there"}}],
         "usage": {"prompt_tokens": 20, "completion_tokens": 7, "total_tokens": 27,
            "prompt_tokens_details": {"cached_tokens": 16}, "completion_tokens_details": {"reasoning_tokens": 4}}}
        """#

    private static let stream = """
        : keep-alive

        data: {"id":"c-1","model":"m-2025","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

        data: {"id":"c-1","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}

        data: {"id":"c-1","choices":[{"index":0,"delta":{"content":" thére"}}]}

        data: {"id":"c-1","choices":[{"index":0,"delta":{},"finish_reason":"length"}]}

        data: {"id":"c-1","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":7}}

        data: [DONE]


        """

    private func client(
        _ http: FakeHTTP,
        base: String = "http://127.0.0.1:1/v1",
        key: String? = "k-1",
        breaker: Breaker = Breaker()
    ) throws -> OpenAIClient {
        let url = try #require(URL(string: base))
        let api = OpenAIAPI(baseURL: url, key: key, model: "m", timeout: .seconds(9))
        return OpenAIClient(api: api, http: http, breaker: breaker)
    }

    private var question: ChatRequest {
        ChatRequest(
            model: "m",
            messages: [.system("Help."), .user("What is 6 * 7?")],
            tools: [CalculatorTool().description],
            user: "ada"
        )
    }

    private func chunks(_ http: FakeHTTP) async throws -> (text: [String], response: ChatResponse?) {
        var text: [String] = []
        var response: ChatResponse?
        for try await chunk in try client(http).stream(question) {
            switch chunk {
            case .text(let piece): text.append(piece)
            case .finished(let whole): response = whole
            }
        }
        return (text, response)
    }

    private func asJSON(_ value: Any?) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: try #require(value), options: .sortedKeys)
        return String(decoding: data, as: UTF8.self)
    }

    @Test func `asks as the API wants to be asked`() async throws {
        let http = FakeHTTP(.text(Self.completion))
        var request = question
        let call = ToolCall(id: "7", name: "calculate", arguments: ToolArguments("expression", "6 * 7"))
        request.messages += [.assistant("", calling: [call]), .tool("42", answering: call)]
        request.retry = 1
        _ = try await client(http).complete(request)
        let sent = try #require(http.requests.first)
        #expect(sent.method == "POST" && sent.url.absoluteString == "http://127.0.0.1:1/v1/chat/completions")
        #expect(sent.silence == .seconds(9) && sent.limit == .seconds(90))
        #expect(sent.header("authorization") == "Bearer k-1" && sent.header("content-type") == "application/json")
        #expect(sent.header("x-stainless-retry-count") == "1" && sent.header("accept") == "application/json")
        let json = try #require(sent.json)
        #expect(json["model"] as? String == "m" && json["user"] as? String == "ada")
        #expect(json["max_tokens"] as? Int == 1024 && json["max_completion_tokens"] == nil && json["stream"] == nil)
        #expect(
            try asJSON(json["messages"])
                == #"[{"content":"Help.","role":"system"},{"content":"What is 6 * 7?","role":"user"},"#
                + #"{"role":"assistant","tool_calls":[{"function":{"arguments":"{\"expression\":\"6 * 7\"}","#
                + #""name":"calculate"},"id":"7","type":"function"}]},"#
                + #"{"content":"42","role":"tool","tool_call_id":"7"}]"#
        )
        let parameters = ((json["tools"] as? [[String: Any]])?.first?["function"] as? [String: Any])?["parameters"]
        #expect(
            try asJSON(parameters)
                == #"{"properties":{"expression":{"description":"The expression, such as "#
                + #"(12 - 5) * 0.25.","type":"string"}},"required":["expression"],"type":"object"}"#
        )
    }

    @Test func `OpenAI itself is told the limit by its newer name, and nobody a key that there is none of`()
        async throws
    {
        let http = FakeHTTP(.text(Self.completion))
        _ = try await client(http, base: "https://api.openai.com/v1/", key: nil).complete(question)
        let sent = try #require(http.requests.first)
        #expect(sent.url.absoluteString == "https://api.openai.com/v1/chat/completions")
        #expect(sent.json?["max_completion_tokens"] as? Int == 1024 && sent.json?["max_tokens"] == nil)
        #expect(sent.header("authorization") == nil)
    }

    @Test func `reads a whole answer`() async throws {
        let response = try await client(FakeHTTP(.text(Self.completion))).complete(question)
        #expect(response.id == "c-1" && response.model == "m-2025" && response.finishReason == .stop)
        #expect(response.message == .assistant("Hi there"))
        #expect(response.usage == ChatResponse.Usage(input: 20, cachedInput: 16, output: 7, reasoning: 4))
    }

    @Test func `reads tool calls, and makes up the ids that are missing`() async throws {
        let body = """
            {"choices": [{"finish_reason": "stop", "message": {"content": null, "tool_calls": [
                {"id": "a", "type": "function", "function": {"name": "calculate", "arguments": "{}"}},
                {"function": {"name": "clock"}}]}}]}
            """
        let response = try await client(FakeHTTP(.text(body))).complete(question)
        #expect(response.finishReason == .toolCalls && response.usage == nil && response.model == "m")
        #expect(response.message.toolCalls.map(\.id) == ["a", "call_1"])
        #expect(response.message.toolCalls.map(\.arguments.json) == ["{}", "{}"])
    }

    @Test(arguments: [1, 2, 3, 7, 64, 5000])
    func `reads a stream however it is cut`(count: Int) async throws {
        let http = FakeHTTP(.cut(Self.stream, every: count))
        let (text, response) = try await chunks(http)
        #expect(text == ["Hi", " thére"])
        #expect(response?.message == .assistant("Hi thére") && response?.finishReason == .length)
        #expect(response?.usage == ChatResponse.Usage(input: 20, cachedInput: 0, output: 7, reasoning: 0))
        #expect(response?.id == "c-1" && response?.model == "m-2025")
        #expect(http.requests.first?.json?["stream"] as? Bool == true)
        #expect((http.requests.first?.json?["stream_options"] as? [String: Bool]) == ["include_usage": true])
    }

    @Test func `puts tool calls together from their pieces`() async throws {
        let deltas = [
            #"{"index":1,"id":"b","function":{"name":"clock","arguments":""}}"#,
            #"{"index":0,"id":"a","function":{"name":"calc","arguments":"{\"expr"}}"#,
            #"{"index":0,"function":{"name":"ulate","arguments":"ession\":\"1\"}"}}"#,
        ]
        let events = deltas.map { "data: {\"choices\":[{\"delta\":{\"tool_calls\":[\($0)]}}]}\n\n" }
        let end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n"
        let response = try await chunks(FakeHTTP(.cut(events.joined() + end, every: 11))).response
        let calls = try #require(response?.message.toolCalls)
        #expect(calls.map(\.id) == ["a", "b"] && calls.map(\.name) == ["calculate", "clock"])
        #expect(calls.map(\.arguments.json) == [#"{"expression":"1"}"#, "{}"])
        #expect(response?.finishReason == .toolCalls)
    }

    @Test func `takes whole tool calls without an index one after the other`() async throws {
        let calls = ["a", "b"].map { #"{"id":"\#($0)","function":{"name":"clock","arguments":"{}"}}"# }
        let events = calls.map { "data: {\"choices\":[{\"delta\":{\"tool_calls\":[\($0)]}}]}\n\n" }
        let end = "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n"
        let response = try await chunks(FakeHTTP(.text(events.joined() + end))).response
        #expect(response?.message.toolCalls.map(\.id) == ["a", "b"])
    }

    @Test func `more tool calls than anybody needs are no response`() async throws {
        let events = (0..<65).map {
            "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":\($0),\"id\":\"x\"}]}}]}\n\n"
        }
        await #expect(throws: ChatError.malformed) { try await chunks(FakeHTTP(.text(events.joined()))) }
    }

    @Test(arguments: [
        (FakeHTTP.Reply.text("{}", status: 429), ChatError.rateLimited(retryAfter: nil)),
        (.text("{}", status: 429, headers: [("Retry-After", "3")]), .rateLimited(retryAfter: .seconds(3))),
        (
            .text("", status: 429, headers: [("Retry-After", "3"), ("retry-after-ms", "250")]),
            .rateLimited(retryAfter: .milliseconds(250))
        ),
        (.text("", status: 429, headers: [("Retry-After", "Wed, 21 Oct")]), .rateLimited(retryAfter: nil)),
        (.text("", status: 429, headers: [("Retry-After", "-1")]), .rateLimited(retryAfter: nil)),
        (
            .text(#"{"error": {"message": "no such\nmodel", "code": "model_not_found"}}"#, status: 404),
            .server(status: 404, message: "no such model")
        ),
        (.text(#"{"error": "out of memory"}"#, status: 500), .server(status: 500, message: "out of memory")),
        (.text("<html>", status: 502), .server(status: 502, message: "no reason given")),
        (.text("", status: 302), .server(status: 302, message: "no reason given")),
        (.text("<html>"), .malformed),
        (.text(#"{"choices": []}"#), .malformed),
        (FakeHTTP.Reply(failure: .broken), .incomplete),
        (FakeHTTP.Reply(failure: .timeout(.seconds(30))), .timeout(after: .seconds(30))),
        (FakeHTTP.Reply(failure: .tooLong(limit: 1)), .malformed),
    ])
    func `tells what is wrong with an answer`(reply: FakeHTTP.Reply, error: ChatError) async throws {
        await #expect(throws: error) { try await client(FakeHTTP(reply)).complete(question) }
    }

    @Test(arguments: [
        (FakeHTTP.Reply.text("", status: 503), ChatError.server(status: 503, message: "no reason given")),
        (.text("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n"), .incomplete),
        (.text("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n"), .incomplete),
        (.cut("data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n", every: 9, failure: .broken), .incomplete),
        (.text("data: {\"choices\":\n\n"), .malformed),
        (
            .text("data: {\"error\":{\"message\":\"overloaded\",\"code\":529}}\n\n"),
            .server(status: 529, message: "overloaded")
        ),
        (.text("data: {\"error\":{\"message\":\"slow down\",\"code\":429}}\n\n"), .rateLimited(retryAfter: nil)),
        (.text("data: {\"error\":{\"code\":\"odd\"}}\n\n"), .server(status: 500, message: "no reason given")),
        (.text("data: " + String(repeating: "x", count: 300_000)), .malformed),
    ])
    func `tells what is wrong with a stream`(reply: FakeHTTP.Reply, error: ChatError) async throws {
        await #expect(throws: error) { try await chunks(FakeHTTP(reply)) }
    }

    @Test func `nobody there is told so`() async throws {
        await #expect(throws: ChatError.unreachable) { try await client(.nobody).complete(question) }
        #expect(ChatError.unreachable.isRetryable)
    }

    @Test func `token counts are kept within reason, so that sums cannot overflow`() async throws {
        let usage = #"{"prompt_tokens": 9223372036854775807, "completion_tokens": -5}"#
        let body = #"{"choices": [{"message": {"content": "x"}}], "usage": \#(usage)}"#
        let response = try await client(FakeHTTP(.text(body))).complete(question)
        #expect(response.usage?.input == 1_000_000_000 && response.usage?.output == 0)
    }

    @Test func `broken on purpose, it asks nobody`() async throws {
        let http = FakeHTTP(.text(Self.completion))
        let breaker = Breaker([.llm])
        await #expect(throws: ChatError.self) { try await client(http, breaker: breaker).complete(question) }
        #expect(http.requests.isEmpty)
        breaker.heal(.llm)
        _ = try await client(http, breaker: breaker).complete(question)
    }

    @Test func `whatever a stream holds, it ends with a response or an error`() async throws {
        let atoms = [
            "data: ", "\n\n", "{", "}", "\"choices\":", "[", "]", "{\"delta\":", "\"content\":", "\"a\"", "null",
            "1e999",
            "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n", "[DONE]",
            "\"tool_calls\":",
            "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":-3}]}}]}", "\"usage\":{\"prompt_tokens\":99}",
            String(repeating: "[", count: 2000), ",",
        ]
        var draw = SplitMix64(seed: 4)
        var whole = 0
        for _ in 0..<FuzzRounds.count(300) {
            let count = Int.random(in: 1...12, using: &draw)
            let text = (0..<count).map { _ in atoms[Int.random(in: 0..<atoms.count, using: &draw)] }.joined()
            do {
                if try await chunks(FakeHTTP(.cut(text, every: 5))).response != nil { whole += 1 }
            } catch is ChatError {}
        }
        #expect(whole > 0)
    }
}
