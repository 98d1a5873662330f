import Foundation
import MonitoringCore
import MonitoringMetrics
import MonitoringTesting
import Testing

@Suite struct RegistrationTests {
    private struct Vectors: Decodable {
        struct Name: Decodable {
            let name: String
            let unit: String
            let kind: String
            let prometheus: String
        }
        struct Label: Decodable {
            let key: String
            let label: String
        }
        let names: [Name]
        let labels: [Label]
    }

    private static func vectors() throws -> Vectors {
        let url = try #require(
            Bundle.module.url(forResource: "prometheus-names", withExtension: "json", subdirectory: "Fixtures"))
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
    }

    @Test func `names become what OpenTelemetry's table says, where they have no unit of their own`() async throws {
        let fixture = try await MetricsFixture()
        let names = try Self.vectors().names.filter {
            $0.unit.isEmpty || $0.unit == "1" || $0.unit.hasPrefix("{") && !$0.unit.contains("/")
        }
        #expect(names.count > 5)
        for each in names {
            switch each.kind {
            case "counter": fixture.metrics.counter(each.name, "C.").increment()
            case "histogram": fixture.metrics.histogram(each.name, "H.").observe(1)
            default: fixture.metrics.gauge(each.name, "G.").set(1)
            }
        }
        let families = try fixture.page().families
        for each in names { #expect(families.contains(each.prometheus), "\(each.name)") }
    }

    @Test func `labels become what OpenTelemetry's table says`() async throws {
        let fixture = try await MetricsFixture()
        for (index, each) in try Self.vectors().labels.enumerated() {
            fixture.metrics.counter("c\(index)_total", "C.", labels: Monitor.Label<String>(name: each.key))["x"]
                .increment()
            #expect(try fixture.page().value("c\(index)_total", [each.label: "x"]) == 1, "\(each.key)")
        }
    }

    @Test func `the same registration gives the same metric`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.counter("jobs", "Jobs.", labels: "a")["1"].increment()
        fixture.metrics.counter("jobs_total", "Other words.", labels: "a")["1"].increment()
        #expect(try fixture.page().value("jobs_total", ["a": "1"]) == 2)
        #expect(try fixture.page().helps["jobs_total"] == "Jobs.")
        #expect(fixture.problems.isEmpty)
    }

    @Test func `a name with another type works for whoever asked, is told, and is not exposed`() async throws {
        let fixture = try await MetricsFixture()
        let gauge = fixture.metrics.gauge("jobs", "Jobs.")
        let counter = fixture.metrics.histogram("jobs", "Jobs.")
        gauge.set(5)
        counter.observe(1)
        #expect(counter.count == 1)
        let page = try fixture.page()
        #expect(page.value("jobs") == 5)
        #expect(page.value("jobs_count") == nil)
        #expect(fixture.problems == ["conflict"])
        #expect(fixture.monitor.problems.contains { $0.severity == .notice && $0.subject == "jobs" })
    }

    @Test func `a name with other labels is told and not exposed`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.counter("jobs_total", "Jobs.", labels: "a")["1"].increment()
        fixture.metrics.counter("jobs_total", "Jobs.", labels: "a", "b")["1", "2"].increment()
        fixture.metrics.counter("jobs_total", "Jobs.").increment()
        #expect(try fixture.page().samples("jobs_total") == [["a": "1"]: 1])
        #expect(fixture.problems == ["conflict"])
    }

    @Test func `a histogram's samples cannot be another metric's`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.histogram("wait", "Wait.").observe(1)
        fixture.metrics.gauge("wait_count", "Count.").set(7)
        #expect(try fixture.page().value("wait_count") == 1)
        #expect(fixture.problems == ["conflict"])
    }

    @Test func `a host's metric of an operation's name is told, whatever it counts`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.gauge("llm_requests_total", "Mine.").set(1)
        fixture.monitor.observe(.chat(provider: "p", model: "m")) {}
        #expect(fixture.metrics.value("llm_requests_total") == 1)
        #expect(fixture.problems == ["conflict"])
    }

    @Test func `a namespace stands before every name`() async throws {
        let fixture = try await MetricsFixture(["METRICS_NAMESPACE": "integrityx"])
        fixture.metrics.counter("jobs_total", "Jobs.").increment()
        fixture.monitor.observe(.httpServer(method: "GET", route: "/")) {}
        let page = try fixture.page()
        #expect(page.value("integrityx_jobs_total") == 1)
        #expect(page.families.contains("integrityx_http_requests_total"))
        #expect(page.families.filter { !$0.hasPrefix("integrityx_") } == ["target_info"])
    }

    @Test(arguments: [("my-app", "my_app"), ("9lives", "_9lives"), ("app_", "app"), ("é", "")])
    func `a namespace that is none is mended and told`(_ text: String, _ namespace: String) async throws {
        let fixture = try await MetricsFixture(["METRICS_NAMESPACE": .init(text)])
        fixture.metrics.counter("jobs_total", "Jobs.").increment()
        #expect(try fixture.page().value((namespace.isEmpty ? "" : namespace + "_") + "jobs_total") == 1)
        #expect(fixture.monitor.problems.contains { $0.subject == "METRICS_NAMESPACE" })
    }

    @Test func `buckets are put in order and told when they are not`() async throws {
        let fixture = try await MetricsFixture()
        let histogram = fixture.metrics.histogram("h", "H.", buckets: [10, 1, .infinity, 1, .nan])
        histogram.observe(5)
        let page = try fixture.page()
        #expect(page.samples("h_bucket").keys.compactMap { $0["le"] }.sorted() == ["+Inf", "1", "10"])
        #expect(fixture.problems == ["invalid-value"])
    }

    @Test func `buckets can be set for any family`() async throws {
        let fixture = try await MetricsFixture {
            $0.buckets["llm_request_duration_seconds"] = [1, 2]
            $0.namespace = "x"
        }
        fixture.monitor.observe(.chat(provider: "p", model: "m")) {}
        let bounds = try fixture.page().samples("x_llm_request_duration_seconds_bucket").keys.compactMap { $0["le"] }
        #expect(bounds.sorted() == ["+Inf", "1", "2"])
    }
}
