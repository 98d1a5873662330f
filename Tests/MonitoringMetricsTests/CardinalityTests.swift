import MonitoringCore
import MonitoringMetrics
import MonitoringTesting
import Testing

@Suite struct CardinalityTests {
    private static let overflow = ["otel_metric_overflow": "true"]

    @Test func `twenty thousand values of one label leave a bounded page, and a true sum`() async throws {
        let fixture = try await MetricsFixture()
        let family = fixture.metrics.counter("tool_runs_total", "Runs.", labels: "tool", "status")
        for number in 0..<20_000 { family["tool-\(number)", "ok"].increment() }
        family["tool-7", "ok"].increment()
        let samples = try fixture.page().samples("tool_runs_total")
        #expect(samples.count == 2001)
        #expect(samples.values.reduce(0, +) == 20_001)
        #expect(samples[["tool": "tool-7", "status": "ok"]] == 2)
        #expect(samples[Self.overflow] == 18_000)
        #expect(fixture.metrics.value("tool_runs_total") == 20_001)
    }

    @Test func `the overflow is told once, with the label that is to blame`() async throws {
        let fixture = try await MetricsFixture(["METRICS_CARDINALITY_LIMIT": "10"])
        let family = fixture.metrics.counter("tool_runs_total", "Runs.", labels: "status", "tool")
        for number in 0..<50 { family["ok", "tool-\(number)"].increment() }
        let lines = fixture.telemetry.diagnostics.filter { $0.contains("tool_runs_total") }
        #expect(lines.count == 1)
        #expect(try #require(lines.first).contains("(tool has 10 values, status has 1 values)"))
        #expect(fixture.problems == ["cardinality"])
        let worst = try #require(fixture.metrics.cardinality.first)
        #expect(worst.metric == "tool_runs_total" && worst.seriesCount == 10 && worst.limit == 10)
        #expect(worst.isOverflowing)
        #expect(worst.labels.map(\.name) == ["tool", "status"])
        #expect(try fixture.page().value("monitoring_metric_overflowing") == 1)
    }

    @Test func `a family at its limit has not overflowed`() async throws {
        let fixture = try await MetricsFixture(["METRICS_CARDINALITY_LIMIT": "3"])
        let family = fixture.metrics.upDownCounter("jobs", "Jobs.", labels: "a")
        for value in ["1", "2", "3", "1", "2", "3"] { family[value].add() }
        #expect(try fixture.page().samples("jobs")[Self.overflow] == nil)
        #expect(fixture.problems.isEmpty)
        family["4"].add()
        #expect(try fixture.page().samples("jobs")[Self.overflow] == 1)
    }

    @Test func `histograms and gauges overflow too`() async throws {
        let fixture = try await MetricsFixture(["METRICS_CARDINALITY_LIMIT": "2"])
        let histogram = fixture.metrics.histogram("h", "H.", labels: "a", buckets: [1])
        let gauge = fixture.metrics.gauge("g", "G.", labels: "a")
        for value in ["1", "2", "3", "4"] {
            histogram[value].observe(2)
            gauge[value].set(9)
        }
        let page = try fixture.page()
        #expect(page.value("h_count", Self.overflow) == 2)
        #expect(page.value("h_sum", Self.overflow) == 4)
        #expect(page.value("g", Self.overflow) == 9)
    }

    @Test func `operations beyond the limit go to the overflow of every family they count in`() async throws {
        let fixture = try await MetricsFixture(["METRICS_CARDINALITY_LIMIT": "3"])
        for number in 0..<20 {
            fixture.monitor.observe(.agent(name: "agent-\(number)")) { operation in operation[.inputTokens] = 5 }
        }
        let page = try fixture.page()
        for name in ["agent_calls_total", "agent_call_duration_seconds_count"] {
            let samples = page.samples(name)
            #expect(samples.count == 4, "\(name)")
            #expect(samples.values.reduce(0, +) == 20, "\(name)")
        }
        #expect(page.samples("agent_calls_in_progress").values.allSatisfy { $0 == 0 })
        #expect(page.samples("agent_tokens_used_total").values.reduce(0, +) == 100)
    }

    @Test func `undeclared models and tools keep their names up to a limit, declared ones always`() async throws {
        let fixture = try await MetricsFixture { $0.tools = ["declared"] }
        for number in 0..<80 { fixture.monitor.observe(.tool(name: "made-up-\(number)")) {} }
        fixture.monitor.observe(.tool(name: "declared")) {}
        fixture.monitor.observe(.tool(name: "made-up-3")) {}
        let samples = try fixture.page().samples("tool_calls_total")
        #expect(samples.count == 52)
        #expect(samples[["tool": "other", "status": "success"]] == 30)
        #expect(samples[["tool": "declared", "status": "success"]] == 1)
        #expect(samples[["tool": "made-up-3", "status": "success"]] == 2)
    }

    @Test func `models beyond the limit are other, in tokens of agents too`() async throws {
        let fixture = try await MetricsFixture {
            $0.models = ["declared"]
            $0.undeclaredLimit = 1
        }
        for model in ["first", "second", "declared", "third"] {
            fixture.monitor.observe(.agent(name: "a")) {
                fixture.monitor.observe(.chat(provider: "p", model: model)) { $0[.outputTokens] = 7 }
            }
        }
        let page = try fixture.page()
        let models = ["first": 1.0, "other": 2, "declared": 1]
        #expect(
            page.samples("llm_requests_total")
                == Dictionary(
                    uniqueKeysWithValues: models.map {
                        (["provider": "p", "model": $0.key, "status": "success"], $0.value)
                    }))
        #expect(
            page.samples("agent_tokens_used_total")
                == Dictionary(
                    uniqueKeysWithValues: models.map {
                        (["agent": "a", "model": $0.key, "type": "output"], 7 * $0.value)
                    }))
    }
}
