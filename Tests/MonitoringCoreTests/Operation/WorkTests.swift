import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct WorkTests {
    struct Expected: Sendable, CustomTestStringConvertible {
        let work: Monitor.Work
        let name: String
        let spanKind: Monitor.SpanKind
        let attributes: [String: Monitor.Value]
        var testDescription: String { name }
    }

    static let table = [
        Expected(
            work: .httpServer(
                method: "GET", route: "/orders/{id}", path: "/orders/42", scheme: "https", requestID: "r-1"),
            name: "GET /orders/{id}",
            spanKind: .server,
            attributes: [
                "http.request.method": .string("GET"), "http.route": .string("/orders/{id}"),
                "url.path": .string("/orders/42"), "url.scheme": .string("https"), "request.id": .string("r-1"),
            ]
        ),
        Expected(
            work: .httpServer(method: "BREW", requestID: "r-2"),
            name: "HTTP",
            spanKind: .server,
            attributes: [
                "http.request.method": .string("_OTHER"), "http.request.method_original": .string("BREW"),
                "url.scheme": .string("http"), "request.id": .string("r-2"),
            ]
        ),
        Expected(
            work: .httpClient(method: "POST", url: "https://api.example.com/seal/42", template: "/seal/{id}"),
            name: "POST /seal/{id}",
            spanKind: .client,
            attributes: [
                "http.request.method": .string("POST"), "url.full": .string("https://api.example.com/seal/42"),
                "server.address": .string("api.example.com"), "server.port": .int(443),
                "url.template": .string("/seal/{id}"),
            ]
        ),
        Expected(
            work: .httpClient(method: "GET", url: "http://[::1]:8080/x"),
            name: "GET",
            spanKind: .client,
            attributes: [
                "http.request.method": .string("GET"), "url.full": .string("http://[::1]:8080/x"),
                "server.address": .string("::1"), "server.port": .int(8080),
            ]
        ),
        Expected(
            work: .agent(name: "planner", id: "a1", conversation: "c1"),
            name: "invoke_agent planner",
            spanKind: .internal,
            attributes: [
                "gen_ai.operation.name": .string("invoke_agent"), "gen_ai.agent.name": .string("planner"),
                "gen_ai.agent.id": .string("a1"), "gen_ai.conversation.id": .string("c1"),
            ]
        ),
        Expected(
            work: .chat(provider: "anthropic", model: "claude-sonnet-4", streaming: true),
            name: "chat claude-sonnet-4",
            spanKind: .client,
            attributes: [
                "gen_ai.operation.name": .string("chat"), "gen_ai.provider.name": .string("anthropic"),
                "gen_ai.request.model": .string("claude-sonnet-4"), "gen_ai.request.stream": .bool(true),
            ]
        ),
        Expected(
            work: .embeddings(provider: "openai", model: "e3"),
            name: "embeddings e3",
            spanKind: .client,
            attributes: [
                "gen_ai.operation.name": .string("embeddings"), "gen_ai.provider.name": .string("openai"),
                "gen_ai.request.model": .string("e3"),
            ]
        ),
        Expected(
            work: .retrieval(source: "manuals"),
            name: "retrieval manuals",
            spanKind: .client,
            attributes: ["gen_ai.operation.name": .string("retrieval"), "gen_ai.data_source.id": .string("manuals")]
        ),
        Expected(
            work: .tool(name: "calculator", callID: "call_1"),
            name: "execute_tool calculator",
            spanKind: .internal,
            attributes: [
                "gen_ai.operation.name": .string("execute_tool"), "gen_ai.tool.name": .string("calculator"),
                "gen_ai.tool.call.id": .string("call_1"),
            ]
        ),
        Expected(
            work: .mcp(method: "tools/call", tool: "search", session: "s", requestID: "7", isServer: true),
            name: "tools/call search",
            spanKind: .server,
            attributes: [
                "mcp.method.name": .string("tools/call"), "gen_ai.operation.name": .string("execute_tool"),
                "gen_ai.tool.name": .string("search"), "mcp.session.id": .string("s"),
                "jsonrpc.request.id": .string("7"),
            ]
        ),
        Expected(
            work: .mcp(method: "tools/list"),
            name: "tools/list",
            spanKind: .client,
            attributes: ["mcp.method.name": .string("tools/list")]
        ),
        Expected(
            work: .database(system: "postgresql", operation: "SELECT", collection: "orders", namespace: "shop"),
            name: "SELECT orders",
            spanKind: .client,
            attributes: [
                "db.system.name": .string("postgresql"), "db.operation.name": .string("SELECT"),
                "db.collection.name": .string("orders"), "db.namespace": .string("shop"),
            ]
        ),
        Expected(
            work: .database(system: "redis"),
            name: "redis",
            spanKind: .client,
            attributes: ["db.system.name": .string("redis")]
        ),
        Expected(
            work: .cache(name: "answers", operation: "get"),
            name: "get answers",
            spanKind: .internal,
            attributes: ["cache.name": .string("answers"), "cache.operation": .string("get")]
        ),
        Expected(
            work: .external(service: "pi_sdk", operation: "transfer"),
            name: "transfer pi_sdk",
            spanKind: .client,
            attributes: ["service.peer.name": .string("pi_sdk"), "rpc.method": .string("transfer")]
        ),
        Expected(
            work: .custom("audit", name: "full"),
            name: "audit full",
            spanKind: .internal,
            attributes: ["monitoring.operation.kind": .string("audit")]
        ),
    ]

    @Test(arguments: table)
    func `factories give OpenTelemetry's names and attributes`(_ expected: Expected) async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(expected.work) {}
        let record = try #require(telemetry.operations.first)
        #expect(record.name == expected.name && record.spanKind == expected.spanKind)
        let attributes = Dictionary(uniqueKeysWithValues: record.attributes.map { ($0.key.name, $0.value) })
        #expect(attributes == expected.attributes)
    }

    @Test(arguments: [
        (Monitor.Work.httpServer(method: "GET"), 404, false), (.httpServer(method: "GET"), 500, true),
        (.httpClient(method: "GET", url: "http://a"), 404, true),
        (.httpClient(method: "GET", url: "http://a"), 302, false),
    ])
    func `a status fails a server from 500 and a client from 400`(_ work: Monitor.Work, _ status: Int, _ fails: Bool)
        async throws
    {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(work) { $0[.responseStatus] = status }
        let record = try #require(telemetry.operations.first)
        #expect(record.outcome == (fails ? .error : .success))
        #expect(record[.errorType] == (fails ? String(status) : nil))
        #expect(record.failure?.message ?? "" == "")
    }

    @Test func `content is captured only when asked for`() async throws {
        for captures in [false, true] {
            let telemetry = try await TestMonitor { $0.capturesContent = captures }
            telemetry.monitor.observe(.chat(provider: "p", model: "m")) { operation in
                operation.content("user", "why \"now\"?")
                operation.content(.assistant, "because")
            }
            let chat = try #require(telemetry.operation("chat m"))
            let input = chat[Monitor.Detail<String>(name: "gen_ai.input.messages")]
            #expect(
                input == (captures ? #"[{"role":"user","parts":[{"type":"text","content":"why \"now\"?"}]}]"# : nil))
            #expect((chat[Monitor.Detail<String>(name: "gen_ai.output.messages")] != nil) == captures)
        }
    }

    @Test func `limits drop and count`() async throws {
        let memory = InMemoryPlugin()
        let limited = LimitedPlugin()
        let telemetry = try await TestMonitor(.holding(limited, name: "limits"), .holding(memory, name: "memory"))
        telemetry.monitor.observe(.custom("c")) { operation in
            for index in 0..<10 { operation.detail("k\(index)", "abcdef") }
            operation.detail("k0", "x")
            for index in 0..<5 { operation.event("e\(index)", ["a": 1, "b": 2, "c": 3]) }
        }
        let record = try #require(memory.operations.first)
        #expect(record.attributes.count == 4)
        #expect(record[Monitor.Detail<String>(name: "k0")] == "x")
        #expect(record[Monitor.Detail<String>(name: "k1")] == "abc")
        #expect(record.events.map(\.name) == ["e0", "e1"])
        #expect(record.events[0].attributes.count == 2 && record.events[0].droppedAttributes == 1)
    }
}

private final class LimitedPlugin: MonitoringPlugin {
    var limits: Monitor.Limits? {
        var limits = Monitor.Limits()
        limits.attributeCount = 4
        limits.attributeValueLength = 3
        limits.eventCount = 2
        limits.eventAttributeCount = 2
        return limits
    }
}
