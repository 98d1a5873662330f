import MonitoringCore
import MonitoringExport
import MonitoringTesting
import MonitoringTracing
import Testing

@Suite struct TracingPluginTests {
    @Test func `every operation arrives once, with name, kind, parent and trace`() async throws {
        let bench = try await TracingBench()
        bench.monitor.observe(.agent(name: "guide")) {
            bench.monitor.observe(.chat(provider: "p", model: "m")) {}
            bench.monitor.observe(.tool(name: "search")) {}
        }
        _ = await bench.spans()
        let spans = await bench.spans()
        #expect(bench.collector.requests.count == 1)
        #expect(spans.map { $0["name"]?.string } == ["chat m", "execute_tool search", "invoke_agent guide"])
        #expect(spans.map { $0["kind"]?.number } == [3, 1, 1])
        let agent = try await bench.span("invoke_agent guide")
        #expect(agent["parentSpanId"] == nil)
        #expect(spans.prefix(2).allSatisfy { $0["parentSpanId"] == agent["spanId"] })
        #expect(Set(spans.map { $0["traceId"] }).count == 1)
        #expect(Set(spans.map { $0["spanId"] }).count == 3)
        #expect(bench.ledger?.produced == 3 && bench.ledger?.delivered == 3 && bench.ledger?.imbalance == 0)
    }

    @Test func `times are the wall clock's at the start and the monotonic clock's from there`() async throws {
        let bench = try await TracingBench()
        let start = bench.telemetry.clock.unixNanoseconds
        bench.monitor.observe(.custom("work")) {
            bench.telemetry.clock.advance(by: .milliseconds(1_500))
            bench.telemetry.clock.jump(by: .seconds(3_600))
        }
        let span = try await bench.span("work")
        #expect(span["startTimeUnixNano"]?.string == String(start))
        #expect(span["endTimeUnixNano"]?.string == String(start + 1_500_000_000))
    }

    @Test func `what is not sampled is not sent, and is passed on as such`() async throws {
        let bench = try await TracingBench(["OTEL_TRACES_SAMPLER": "always_off"])
        var headers: [String: String] = [:]
        bench.monitor.observe(.custom("work")) { $0.inject(into: &headers) }
        #expect(await bench.spans().isEmpty)
        #expect(bench.collector.requests.isEmpty)
        #expect(headers["traceparent"]?.hasSuffix("-02") == true)
        #expect(bench.ledger == Monitor.Ledger(signal: "traces"))
    }

    @Test func `a caller's decision is kept, with its state`() async throws {
        let bench = try await TracingBench()
        let caller = [
            "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "tracestate": "rojo=1,congo=2",
        ]
        bench.monitor.observe(.httpServer(method: "GET", route: "/a"), continuing: caller) {}
        let silent = ["traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-00"]
        bench.monitor.observe(.httpServer(method: "GET", route: "/b"), continuing: silent) {}
        let span = try await bench.span("GET /a")
        #expect(await bench.spans().count == 1)
        #expect(span["traceId"] == .string("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(span["parentSpanId"] == .string("00f067aa0ba902b7"))
        #expect(span["traceState"] == .string("rojo=1,congo=2"))
        #expect(span["flags"] == .number(0x301))
    }

    @Test func `a caller that is not trusted becomes a link`() async throws {
        let bench = try await TracingBench()
        let caller = [
            "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", "tracestate": "rojo=1",
        ]
        bench.monitor.observe(.httpServer(method: "GET", route: "/a"), continuing: caller, trust: .link) {}
        let span = try await bench.span("GET /a")
        #expect(span["parentSpanId"] == nil)
        #expect(span["traceState"] == nil)
        #expect(span["traceId"] != .string("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(span["flags"] == .number(0x103))
        #expect(span["links"]?.array.count == 1)
        #expect(span["links"]?[0]?["traceId"] == .string("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(span["links"]?[0]?["spanId"] == .string("00f067aa0ba902b7"))
        #expect(span["links"]?[0]?["flags"] == .number(0x300))
    }

    @Test func `the sampler's state and attributes go onto the span`() async throws {
        struct Tagging: Monitor.HeadSampler {
            func decide(_ request: Monitor.SamplingRequest) -> Monitor.SamplingDecision {
                let key = Monitor.AttributeKey("sampler.rule", .identifier, isLabel: false)
                let state = try? Monitor.TraceState().setting("th:8", for: "ot")
                return .init(isSampled: true, traceState: state, attributes: [.init(key, .string("r1"))])
            }
        }
        let bench = try await TracingBench { $0.sampler = .custom(Tagging()) }
        bench.monitor.observe(.custom("work")) {}
        let span = try await bench.span("work")
        #expect(span["traceState"] == .string("ot=th:8"))
        #expect(span["attributes"]?.attribute("sampler.rule") == .object(["stringValue": .string("r1")]))
    }

    @Test func `a request says who sends it`() async throws {
        let bench = try await TracingBench(["OTEL_SERVICE_NAME": "guide-service"])
        bench.monitor.observe(.custom("work")) {}
        _ = await bench.spans()
        let request = try #require(bench.collector.requests.first)
        let group = request.json?["resourceSpans"]?[0]
        let resource = group?["resource"]?["attributes"]
        #expect(resource?.attribute("service.name") == .object(["stringValue": .string("guide-service")]))
        #expect(resource?.attribute("telemetry.sdk.language") == .object(["stringValue": .string("swift")]))
        #expect(group?["scopeSpans"]?[0]?["scope"]?["name"] == .string("swift-agent-monitoring"))
        #expect(request.headers.firstValue(of: "content-type") == "application/json")
        #expect(request.endpoint.path == "/v1/traces")
    }

    @Test func `the plugin keeps the laws of plugins`() async {
        let factory = Monitor.PluginFactory.tracing { $0.transport = CollectorFake() }
        #expect(await PluginConformance.check(factory) == [])
    }
}
