import MonitoringCore
import MonitoringTesting
import MonitoringTracing
import Testing

@Suite struct SpanContentTests {
    private struct Slow: Monitor.ErrorTypeNaming, CustomStringConvertible {
        var monitoringErrorType: String { "rate_limited" }
        var description: String { "slow down" }
    }

    @Test func `an error that is thrown is a status, a type and an event`() async throws {
        let bench = try await TracingBench()
        #expect(throws: Slow.self) { try bench.monitor.observe(.tool(name: "t")) { throw Slow() } }
        let span = try await bench.span("execute_tool t")
        #expect(span["status"] == .object(["code": .number(2), "message": .string("slow down")]))
        #expect(span["attributes"]?.attribute("error.type") == .object(["stringValue": .string("rate_limited")]))
        let event = span["events"]?[0]
        #expect(event?["name"] == .string("exception"))
        #expect(event?["attributes"]?.attribute("exception.type") == .object(["stringValue": .string("rate_limited")]))
        #expect(event?["attributes"]?.attribute("exception.message") == .object(["stringValue": .string("slow down")]))
    }

    @Test func `an error that was handled is an event and no failure`() async throws {
        let bench = try await TracingBench()
        bench.monitor.observe(.tool(name: "t")) {
            $0.recordException(Slow(), ["attempt": 2, "exception.message": "replaced"])
        }
        let span = try await bench.span("execute_tool t")
        #expect(span["status"] == nil)
        #expect(span["attributes"]?.attribute("error.type") == nil)
        let attributes = span["events"]?[0]?["attributes"]
        #expect(span["events"]?.array.count == 1)
        #expect(attributes?.attribute("exception.type") == .object(["stringValue": .string("rate_limited")]))
        #expect(attributes?.attribute("exception.message") == .object(["stringValue": .string("replaced")]))
        #expect(attributes?.attribute("attempt") == .object(["intValue": .string("2")]))
    }

    @Test func `events have their own time, links their own context`() async throws {
        let bench = try await TracingBench()
        let other = try #require(
            Monitor.RemoteContext.extract(
                from: [
                    "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "tracestate": "x=1",
                ]
            )?.traceContext
        )
        let start = bench.telemetry.clock.unixNanoseconds
        bench.monitor.observe(.custom("work")) { operation in
            bench.telemetry.clock.advance(by: .milliseconds(2))
            operation.event("cache.miss", ["key": "k"])
            operation.link(other, ["why": "batch"])
        }
        let span = try await bench.span("work")
        #expect(span["events"]?[0]?["timeUnixNano"] == .string(String(start + 2_000_000)))
        #expect(span["events"]?[0]?["attributes"]?.attribute("key") == .object(["stringValue": .string("k")]))
        #expect(span["links"]?[0]?["traceState"] == .string("x=1"))
        #expect(span["links"]?[0]?["flags"] == .number(0x301))
        #expect(span["links"]?[0]?["attributes"]?.attribute("why") == .object(["stringValue": .string("batch")]))
    }

    @Test func `an agent's totals are on its span`() async throws {
        let bench = try await TracingBench()
        await bench.monitor.observe(.agent(name: "a")) {
            await withTaskGroup(of: Void.self) { group in
                for tokens in [10, 20] {
                    group.addTask {
                        bench.monitor.observe(.chat(provider: "p", model: "m")) { operation in
                            operation[.inputTokens] = tokens
                            operation[.outputTokens] = 1
                        }
                    }
                }
            }
        }
        let attributes = try await bench.span("invoke_agent a")["attributes"]
        #expect(attributes?.attribute("gen_ai.usage.input_tokens") == .object(["intValue": .string("30")]))
        #expect(attributes?.attribute("gen_ai.usage.output_tokens") == .object(["intValue": .string("2")]))
    }

    @Test func `limits drop what is beyond, and the span says how much`() async throws {
        let bench = try await TracingBench([
            "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT": "4", "OTEL_SPAN_EVENT_COUNT_LIMIT": "2",
            "OTEL_SPAN_LINK_COUNT_LIMIT": "1",
            "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT": "1", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT": "0",
            "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT": "3",
        ])
        bench.monitor.observe(.custom("work")) { operation in
            let other = operation.trace ?? Monitor.TraceContext(traceID: .init(high: 0, low: 1), spanID: .init(1))
            for index in 0..<6 { operation.detail("k\(index)", "é🔥xyz") }
            operation.detail("k0", "new")
            for index in 0..<5 { operation.event("e\(index)", ["a": 1, "b": 2]) }
            for _ in 0..<3 { operation.link(other, ["a": 1]) }
        }
        let span = try await bench.span("work")
        let keys = span["attributes"]?.array.compactMap { $0["key"]?.string }
        #expect(keys == [Monitor.Label<String>.operationKind.key.name, "k0", "k1", "k2"])
        #expect(span["droppedAttributesCount"] == .number(3))
        #expect(span["attributes"]?.attribute("k0") == .object(["stringValue": .string("new")]))
        #expect(span["attributes"]?.attribute("k1") == .object(["stringValue": .string("é🔥x")]))
        #expect(span["events"]?.array.map { $0["name"]?.string } == ["e0", "e1"])
        #expect(span["droppedEventsCount"] == .number(3))
        #expect(span["events"]?[0]?["attributes"]?.array.count == 1)
        #expect(span["events"]?[0]?["droppedAttributesCount"] == .number(1))
        #expect(span["links"]?.array.count == 1)
        #expect(span["droppedLinksCount"] == .number(2))
        #expect(span["links"]?[0]?["attributes"] == nil)
        #expect(span["links"]?[0]?["droppedAttributesCount"] == .number(1))
    }

    @Test func `the limit on attributes counts those that an operation starts with`() async throws {
        let bench = try await TracingBench(["OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT": "2"])
        bench.monitor.observe(.chat(provider: "p", model: "m")) { $0.detail("late", 1) }
        let span = try await bench.span("chat m")
        #expect(span["attributes"]?.array.count == 2)
        #expect(span["droppedAttributesCount"] == .number(2))
    }

    @Test func `a value of ten megabytes is cut before it is spooled`() async throws {
        let bench = try await TracingBench()
        let huge = String(repeating: "long text ", count: 1_000_000)
        bench.monitor.observe(.custom("work")) { $0.detail("text", huge) }
        let span = try await bench.span("work")
        let text = try #require(span["attributes"]?.attribute("text")?["stringValue"]?.string)
        #expect(text.hasPrefix("long text "))
        #expect(text.utf8.count <= 64 * 1024)
    }

    @Test func `hostile text arrives as it was said`() async throws {
        let bench = try await TracingBench()
        let hostile = "\u{0}\u{1b}[31m\"\\\u{7f}\u{202e}é🔥\n"
        bench.monitor.observe(.custom("work")) { $0.detail("note", hostile) }
        let span = try await bench.span("work")
        #expect(span["attributes"]?.attribute("note") == .object(["stringValue": .string(hostile)]))
    }
}
