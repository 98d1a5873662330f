import MonitoringCore
import MonitoringMetrics
import MonitoringTesting
import Testing

/// A plugin that has a ledger and nothing else.
private final class Bookkeeper: MonitoringPlugin {
    var ledger: [Monitor.Ledger] {
        [
            Monitor.Ledger(
                signal: "traces", produced: 10, recovered: 2, delivered: 5, rejected: 1, queued: 3,
                dropped: ["full": 2, "too-old": 1]),
            Monitor.Ledger(signal: "errors", produced: 4, delivered: 4),
        ]
    }
}

@Suite struct LayerMetricsTests {
    private static let bookkeeper = Monitor.PluginFactory("bookkeeper", flag: .on("ENABLE_BOOKKEEPER")) { _ in
        Bookkeeper()
    }

    @Test func `the ledger of every signal is exposed, by state and reason`() async throws {
        let telemetry = try await TestMonitor(.metrics, Self.bookkeeper)
        let page = try ParsedPage(telemetry.monitor.metrics.text())
        let traces = ["signal": "traces"]
        let states = ["produced", "recovered", "delivered", "rejected"].map {
            page.value("monitoring_records_\($0)_total", traces)
        }
        #expect(states == [10, 2, 5, 1])
        #expect(page.value("monitoring_records_queued", traces) == 3)
        #expect(page.value("monitoring_records_dropped_total", ["signal": "traces", "reason": "full"]) == 2)
        #expect(page.value("monitoring_records_produced_total", ["signal": "errors"]) == 4)
        let processor = [
            "otel_component_name": "batching_span_processor/0", "otel_component_type": "batching_span_processor",
        ]
        #expect(page.value("otel_sdk_processor_span_queue_size", processor) == 3)
        #expect(
            page.value(
                "otel_sdk_processor_span_processed_total", processor.merging(["error_type": "queue_full"]) { $1 })
                == 2)
        #expect(page.samples("otel_sdk_exporter_span_exported_total").values.sorted() == [1, 5])
    }

    @Test func `operations that start and run are exposed by OpenTelemetry's names`() async throws {
        let fixture = try await MetricsFixture()
        let parent = ["traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]
        fixture.monitor.observe(.httpServer(method: "GET"), continuing: parent) {
            fixture.monitor.observe(.tool(name: "t")) {
                #expect(fixture.metrics.value("otel_sdk_span_live") == 2)
            }
        }
        fixture.monitor.observe(.tool(name: "t")) {}
        let origins = ["none", "local", "remote"].map {
            fixture.metrics.value("otel_sdk_span_started_total", ["otel_span_parent_origin": $0])
        }
        #expect(origins == [1, 1, 1])
        #expect(fixture.metrics.value("otel_sdk_span_live") == 0)
    }

    @Test func `the service and its resource are exposed`() async throws {
        let fixture = try await MetricsFixture([
            "OTEL_SERVICE_NAME": "shop", "APP_VERSION": "1.2.3", "DEPLOYMENT_ENVIRONMENT": "test",
            "OTEL_RESOURCE_ATTRIBUTES": "team.name=blue%20whale,team-name=red",
        ])
        let page = try fixture.page()
        #expect(page.value("app_info", ["service": "shop", "version": "1.2.3", "environment": "test"]) == 1)
        let target = try #require(page.samples("target_info").keys.first)
        #expect(target["service_name"] == "shop")
        #expect(target["team_name"] == "red;blue whale")
        #expect(page.samples("target_info").values.map(\.self) == [1])
    }

    @Test func `problems of the monitoring are counted as often as they come`() async throws {
        let fixture = try await MetricsFixture()
        for _ in 0..<3 { fixture.metrics.gauge("jobs", "J.").set(1) }
        for _ in 0..<3 { fixture.metrics.counter("other_total", "O.").increment() }
        for _ in 0..<3 { fixture.metrics.histogram("jobs", "J.").observe(1) }
        let page = try fixture.page()
        #expect(page.value("monitoring_problems_total", ["source": "metrics", "code": "conflict"]) == 3)
        #expect(try #require(page.value("monitoring_metric_series")) > 5)
    }

    @Test func `collecting is timed`() async throws {
        let fixture = try await MetricsFixture()
        let clock = fixture.telemetry.clock
        fixture.metrics.gauge("slow", "S.") {
            clock.advance(by: .milliseconds(20))
            return 1
        }
        let sums = try fixture.page().samples("otel_sdk_metric_reader_collection_duration_seconds_sum")
        #expect(sums.values.map(\.self) == [0.02])
    }
}
