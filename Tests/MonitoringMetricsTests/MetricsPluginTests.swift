import Foundation
import MonitoringCore
import MonitoringTesting
import Testing

@testable import MonitoringMetrics

@Suite struct MetricsPluginTests {
    @Test func `the plugin keeps the laws`() async {
        #expect(await PluginConformance.check(.metrics).isEmpty)
    }

    @Test(arguments: ["ENABLE_METRICS", "ENABLE_PROMETHEUS"]) func `the switch turns it off`(_ flag: String)
        async throws
    {
        let monitor = try await TestMonitor(.metrics, environment: .init([flag: "false"])).monitor
        #expect(monitor.endpoints.isEmpty)
        #expect(monitor.metrics.text().isEmpty)
    }

    @Test func `the start-up line says the namespace and the limit`() async throws {
        let fixture = try await MetricsFixture(["METRICS_NAMESPACE": "shop", "METRICS_CARDINALITY_LIMIT": "99"])
        #expect(fixture.telemetry.diagnostics.contains { $0.contains("namespace shop, at most 99 series a metric") })
    }

    @Test(arguments: MetricsConfiguration.variables) func `every variable has its row in the guide`(
        _ variable: Monitor.Variable
    ) throws {
        let root = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let guide = try String(contentsOf: root.appendingPathComponent("docs/configuration.md"), encoding: .utf8)
        let row = guide.split(separator: "\n").first { $0.hasPrefix("| `\(variable.name)`") }
        let text = try #require(row)
        #expect(variable.defaultText.isEmpty || text.contains("| \(variable.defaultText) |"))
    }

    @Test func `a bad limit is told and the default holds`() async throws {
        let fixture = try await MetricsFixture(["METRICS_CARDINALITY_LIMIT": "0"])
        #expect(fixture.monitor.problems.contains { $0.subject == "METRICS_CARDINALITY_LIMIT" })
        #expect(fixture.telemetry.diagnostics.contains { $0.contains("at most 2000 series a metric") })
    }

    @Test func `code wins over the environment`() async throws {
        let fixture = try await MetricsFixture(["METRICS_NAMESPACE": "shop"]) { $0.namespace = "store" }
        fixture.metrics.gauge("g", "G.").set(1)
        #expect(fixture.metrics.value("store_g") == 1)
    }

    @Test func `two monitors count apart`() async throws {
        let first = try await MetricsFixture()
        let second = try await MetricsFixture()
        first.monitor.observe(.tool(name: "t")) {}
        #expect(first.metrics.value("tool_calls_total") == 1)
        #expect(second.metrics.value("tool_calls_total") == nil)
    }
}
