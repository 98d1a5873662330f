import MonitoringCore
import MonitoringMetrics
import MonitoringTesting
import Testing

private struct Refused: Monitor.ErrorTypeNaming {
    let monitoringErrorType = "refused"
}

@Suite struct ObservedOperationTests {
    @Test func `requests are counted by method, endpoint and status`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        monitor.observe(.httpServer(method: "GET", route: "/orders/{id}")) { operation in
            #expect(fixture.metrics.value("http_requests_in_progress", ["endpoint": "/orders/{id}"]) == 1)
            fixture.telemetry.clock.advance(by: .milliseconds(30))
            operation[.responseStatus] = 200
            operation[.requestBodySize] = 100
            operation[.responseBodySize] = 5000
        }
        monitor.observe(.httpServer(method: "GET", route: "/orders/{id}")) { $0[.responseStatus] = 404 }
        monitor.observe(.httpServer(method: "BREW")) { $0[.responseStatus] = 404 }
        try? monitor.observe(.httpServer(method: "POST", route: "/orders")) { throw Refused() }
        let page = try fixture.page()
        let orders = ["method": "GET", "endpoint": "/orders/{id}", "status": "200"]
        #expect(
            page.samples("http_requests_total") == [
                orders: 1,
                ["method": "GET", "endpoint": "/orders/{id}", "status": "404"]: 1,
                ["method": "_OTHER", "endpoint": "unmatched", "status": "404"]: 1,
                ["method": "POST", "endpoint": "/orders", "status": "500"]: 1,
            ])
        #expect(page.value("http_request_duration_seconds_sum", orders) == 0.03)
        #expect(page.value("http_request_size_bytes_sum", orders) == 100)
        #expect(page.value("http_response_size_bytes_sum", orders) == 5000)
        #expect(page.samples("http_requests_in_progress").values.allSatisfy { $0 == 0 })
        #expect(
            page.samples("http_errors_total") == [
                ["method": "POST", "endpoint": "/orders", "error_type": "refused"]: 1
            ])
        #expect(page.samples("errors_total") == [["type": "refused", "operation": "POST /orders"]: 1])
    }

    @Test func `a route that is found later counts, and nothing stays in progress`() async throws {
        let fixture = try await MetricsFixture()
        fixture.monitor.observe(.httpServer(method: "GET")) { operation in
            operation[.httpRoute] = "/late"
            operation[.responseStatus] = 200
        }
        let page = try fixture.page()
        #expect(page.value("http_requests_total", ["method": "GET", "endpoint": "/late", "status": "200"]) == 1)
        #expect(page.samples("http_requests_in_progress").values.allSatisfy { $0 == 0 })
    }

    @Test func `models are counted with their errors, tokens and time to first token`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        monitor.observe(.chat(provider: "anthropic", model: "m")) { operation in
            #expect(fixture.metrics.value("llm_requests_in_progress", ["model": "m"]) == 1)
            fixture.telemetry.clock.advance(by: .milliseconds(40))
            operation.received()
            fixture.telemetry.clock.advance(by: .milliseconds(60))
            operation[.inputTokens] = 100
            operation[.cacheReadInputTokens] = 60
            operation[.cacheWriteInputTokens] = 10
            operation[.outputTokens] = 50
            operation[.reasoningOutputTokens] = 20
        }
        monitor.observe(.chat(provider: "anthropic", model: "m")) { $0.fail("rate_limited", "slow down") }
        try? monitor.observe(.embeddings(provider: "openai", model: "e")) { throw CancellationError() }
        let page = try fixture.page()
        let labels = ["provider": "anthropic", "model": "m"]
        func with(_ name: String, _ value: String) -> [String: String] { labels.merging([name: value]) { $1 } }
        #expect(page.value("llm_requests_total", with("status", "success")) == 1)
        #expect(page.value("llm_requests_total", with("status", "error")) == 1)
        #expect(
            page.value("llm_requests_total", ["provider": "openai", "model": "e", "status": "cancelled"]) == 1)
        #expect(page.value("llm_request_duration_seconds_sum", with("status", "success")) == 0.1)
        #expect(page.samples("llm_errors_total") == [with("error_type", "rate_limited"): 1])
        #expect(page.value("llm_time_to_first_token_seconds_sum", labels) == 0.04)
        #expect(
            page.samples("llm_tokens_total") == [
                with("type", "input"): 30, with("type", "cache_read"): 60, with("type", "cache_write"): 10,
                with("type", "output"): 30, with("type", "reasoning"): 20,
            ])
        #expect(page.samples("agent_tokens_used_total").isEmpty)
    }

    @Test func `tokens are counted once, at the innermost agent`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        monitor.observe(.agent(name: "lead", model: "large")) { lead in
            lead[.inputTokens] = 1000
            monitor.observe(.chat(provider: "p", model: "m")) { $0[.inputTokens] = 10 }
            monitor.observe(.tool(name: "research")) {
                monitor.observe(.agent(name: "helper")) {
                    monitor.observe(.chat(provider: "p", model: "m")) { $0[.inputTokens] = 1 }
                    monitor.observe(.custom("step")) { $0[.outputTokens] = 2 }
                }
            }
        }
        #expect(
            try fixture.page().samples("agent_tokens_used_total") == [
                ["agent": "lead", "model": "large", "type": "input"]: 1000,
                ["agent": "lead", "model": "m", "type": "input"]: 10,
                ["agent": "helper", "model": "m", "type": "input"]: 1,
                ["agent": "helper", "model": "unknown", "type": "output"]: 2,
            ])
        #expect(fixture.telemetry.operation("invoke_agent lead")?[.inputTokens] == 1011)
    }

    @Test func `counts that contradict each other never go below nothing`() async throws {
        let fixture = try await MetricsFixture()
        fixture.monitor.observe(.chat(provider: "p", model: "m")) { operation in
            operation[.inputTokens] = 5
            operation[.cacheReadInputTokens] = Int.max
            operation[.cacheWriteInputTokens] = Int.max
            operation[.outputTokens] = 1
            operation[.reasoningOutputTokens] = 9
        }
        let types = try fixture.page().samples("llm_tokens_total").keys.compactMap { $0["type"] }
        #expect(types.sorted() == ["cache_read", "cache_write", "reasoning"])
    }

    @Test func `agents, tools, services and own kinds are counted by outcome`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        for index in 0..<3 {
            func end() throws {
                if index == 1 { throw Refused() }
                if index == 2 { throw CancellationError() }
            }
            try? monitor.observe(.agent(name: "a")) { try end() }
            try? monitor.observe(.tool(name: "t")) { try end() }
            try? monitor.observe(.external(service: "s")) { try end() }
            try? monitor.observe(.custom("audit", name: "full")) { try end() }
        }
        let page = try fixture.page()
        let families: [(String, [String: String])] = [
            ("agent_calls_total", ["agent": "a"]), ("agent_call_duration_seconds_count", ["agent": "a"]),
            ("tool_calls_total", ["tool": "t"]), ("tool_call_duration_seconds_count", ["tool": "t"]),
            ("external_calls_total", ["service": "s"]), ("external_call_duration_seconds_count", ["service": "s"]),
            ("operations_total", ["kind": "audit", "name": "full"]),
            ("operation_duration_seconds_count", ["kind": "audit", "name": "full"]),
        ]
        for (name, labels) in families {
            let statuses = ["success", "error", "cancelled"].map {
                page.value(name, labels.merging(["status": $0]) { $1 })
            }
            #expect(statuses == [1, 1, 1], "\(name)")
        }
        #expect(page.value("agent_calls_in_progress", ["agent": "a"]) == 0)
    }

    @Test func `kinds without families of their own are operations`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        monitor.observe(.retrieval(source: "manuals")) {}
        monitor.observe(.mcp(method: "tools/call", tool: "search")) {}
        monitor.observe(.httpClient(method: "GET", url: "https://example.org/a/1", template: "/a/{id}")) {}
        monitor.observe(.custom("sweep")) {}
        let kinds = try fixture.page().samples("operations_total").keys.map { [$0["kind"], $0["name"]] }
        let wanted = [
            ["retrieval", "manuals"], ["mcp", "tools/call search"], ["http_client", "GET /a/{id}"], ["sweep", ""],
        ]
        #expect(Set(kinds) == Set(wanted))
    }

    @Test func `queries are counted by operation, table and system`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        monitor.observe(.database(system: "postgresql", operation: "SELECT", collection: "orders")) {}
        try? monitor.observe(.database(system: "sqlite")) { throw Refused() }
        let page = try fixture.page()
        let select = ["query_type": "SELECT", "table": "orders", "system": "postgresql"]
        let other = ["query_type": "unknown", "table": "unknown", "system": "sqlite"]
        #expect(page.samples("db_queries_total") == [select: 1, other: 1])
        #expect(page.samples("db_query_duration_seconds_count") == [select: 1, other: 1])
        #expect(page.samples("db_errors_total") == [other: 1])
    }

    @Test func `caches tell hits, misses, their rate and size`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        for hit in [true, false, true, true] {
            monitor.observe(.cache(name: "answers", operation: "get")) { operation in
                operation[.cacheHit] = hit
                operation[.cacheSize] = 12
            }
        }
        monitor.observe(.cache(name: "answers", operation: "set")) {}
        try? monitor.observe(.cache(name: "answers", operation: "get")) { operation in
            operation[.cacheHit] = true
            throw Refused()
        }
        let page = try fixture.page()
        func labels(_ operation: String, _ result: String) -> [String: String] {
            ["cache": "answers", "operation": operation, "result": result]
        }
        #expect(
            page.samples("cache_operations_total") == [
                labels("get", "hit"): 3, labels("get", "miss"): 1, labels("set", "success"): 1,
                labels("get", "error"): 1,
            ])
        #expect(page.value("cache_hit_rate", ["cache": "answers"]) == 0.75)
        #expect(page.value("cache_size", ["cache": "answers"]) == 12)
    }

    @Test func `errors are failed roots and what is captured by hand`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        try? monitor.observe(.agent(name: "a")) { try monitor.observe(.tool(name: "t")) { throw Refused() } }
        monitor.observe(.agent(name: "b")) {
            monitor.capture(Refused())
            monitor.capture("worth a look", level: .warning)
            monitor.capture("broken", level: .fatal)
        }
        monitor.capture(Refused())
        #expect(
            try fixture.page().samples("errors_total") == [
                ["type": "refused", "operation": "invoke_agent a"]: 1,
                ["type": "refused", "operation": "invoke_agent b"]: 1,
                ["type": "message", "operation": "invoke_agent b"]: 1,
                ["type": "refused", "operation": "none"]: 1,
            ])
    }

    @Test func `an operation whose trace is not recorded is counted all the same`() async throws {
        let telemetry = try await TestMonitor(.metrics, samples: false)
        telemetry.monitor.observe(.tool(name: "t")) {}
        #expect(telemetry.monitor.metrics.value("tool_calls_total") == 1)
        #expect(
            telemetry.monitor.metrics.value("otel_sdk_span_started_total", ["otel_span_sampling_result": "DROP"]) == 1)
    }

    @Test func `one metric never has two sets of labels`() async throws {
        let fixture = try await MetricsFixture()
        #expect(await PluginConformance.check(.metrics).isEmpty)
        for (index, kind) in ["a", "b"].enumerated() {
            fixture.monitor.observe(.custom(kind)) { operation in if index == 1 { operation.label("extra", "x") } }
        }
        let page = try fixture.page()
        var sets: [String: Set<Set<String>>] = [:]
        for sample in page.values.keys { sets[sample.name, default: []].insert(Set(sample.labels.keys)) }
        #expect(sets.values.allSatisfy { $0.count == 1 })
    }
}
