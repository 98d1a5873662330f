import Foundation
import MonitoringCore
import MonitoringTesting
import Testing

@testable import MonitoringMetrics

@Suite struct ExpositionTests {
    @Test(arguments: [
        (0.0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (0.0001, "0.0001"), (0.00001, "1e-05"), (100_000, "100000"),
        (1_000_000, "1e+06"), (1_234_567, "1.234567e+06"), (17_560_473, "1.7560473e+07"), (0.1, "0.1"),
        (2.5, "2.5"), (123.456, "123.456"), (1e21, "1e+21"), (.leastNonzeroMagnitude, "5e-324"), (0.3, "0.3"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        (0.00012345, "0.00012345"), (999_999, "999999"), (81.92, "81.92"), (1e-100, "1e-100"),
    ])
    func `numbers are written as Go writes them`(_ number: Double, _ text: String) {
        #expect(GoNumber.text(number) == text)
    }

    @Test func `numbers are read back as they were`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<FuzzRounds.count(2000) {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite else { continue }
            #expect(Double(GoNumber.text(number)) == number)
        }
    }

    @Test func `a page stands as it should, byte for byte`() async throws {
        let fixture = try await MetricsFixture()
        let metrics = fixture.metrics
        metrics.counter("documents_uploaded_total", "Documents \\ uploaded\nby type.", labels: "type")["loan"]
            .increment(
                by: 1_500_000)
        metrics.histogram("latency_seconds", "Latency.", labels: "path", buckets: [0.25, 1_000_000])["/a\"b"].observe(
            0.5)
        let lines = metrics.text().split(separator: "\n", omittingEmptySubsequences: false)
        let own = lines.filter { $0.contains("documents_uploaded") || $0.contains("latency_seconds") }
        #expect(
            own.joined(separator: "\n") == #"""
                # HELP documents_uploaded_total Documents \\ uploaded\nby type.
                # TYPE documents_uploaded_total counter
                documents_uploaded_total{type="loan"} 1500000
                # HELP latency_seconds Latency.
                # TYPE latency_seconds histogram
                latency_seconds_bucket{path="/a\"b",le="0.25"} 0
                latency_seconds_bucket{path="/a\"b",le="1e+06"} 1
                latency_seconds_bucket{path="/a\"b",le="+Inf"} 1
                latency_seconds_sum{path="/a\"b"} 0.5
                latency_seconds_count{path="/a\"b"} 1
                """#)
        #expect(lines.last == "")
    }

    @Test func `families come by name, those without series not at all`() async throws {
        let fixture = try await MetricsFixture()
        _ = fixture.metrics.counter("zz_total", "Never counted.", labels: "a")
        fixture.metrics.gauge("aa", "A.").set(1)
        let families = try fixture.page().families
        #expect(families == families.sorted())
        #expect(families.contains("aa") && !families.contains("zz_total") && !families.contains("llm_requests_total"))
    }

    @Test func `a large page is made piece by piece, and the pieces are the page`() async throws {
        let fixture = try await MetricsFixture(["METRICS_CARDINALITY_LIMIT": "20000"])
        let family = fixture.metrics.counter("a_total", "A.", labels: "number")
        for number in 0..<20_000 { family["\(number)"].increment(by: number) }
        let exposition = TextExposition(try #require(fixture.monitor.plugin(MetricsPlugin.self)).makePage())
        var pieces: [[UInt8]] = []
        while let piece = exposition.next() { pieces.append(piece) }
        #expect(exposition.next() == nil)
        #expect(pieces.count > 5)
        #expect(pieces.allSatisfy { (1...80 << 10).contains($0.count) })
        let page = try ParsedPage(String(decoding: pieces.joined(), as: UTF8.self))
        #expect(page.samples("a_total").count == 20_000)
        #expect(page.value("a_total", ["number": "19999"]) == 19_999)
    }

    private struct JSONPage: Decodable {
        struct Series: Decodable {
            struct Bucket: Decodable, Equatable {
                let le: String
                let count: Int
            }
            let labels: [String: String]
            let value: Double?
            let count: Int?
            let sum: Double?
            let buckets: [Bucket]?
        }
        struct Family: Decodable {
            let name: String
            let type: String
            let help: String
            let series: [Series]
        }
        let families: [Family]
    }

    @Test func `JSON says the same as the text`() async throws {
        let fixture = try await MetricsFixture()
        let metrics = fixture.metrics
        let hostile = "a\"b\\c\nd\te\u{1}\u{1F}é🔥"
        metrics.counter("a_total", "A \"help\"\nof two lines.", labels: "x")[hostile].increment(by: 3)
        metrics.histogram("b", "B.", buckets: [1, 2]).observe(1.5)
        metrics.gauge("c", "C.") { 4 }
        let decoder = JSONDecoder()
        let data = try await Data(body(fixture, accept: "application/json"))
        let families = try decoder.decode(JSONPage.self, from: data).families
        let page = try fixture.page()
        #expect(families.map(\.name) == page.families)
        #expect(families.allSatisfy { page.types[$0.name] == ($0.type == "info" ? "gauge" : $0.type) })
        let counter = try #require(families.first { $0.name == "a_total" })
        #expect(counter.help == "A \"help\"\nof two lines.")
        #expect(counter.series.map(\.labels) == [["x": hostile]])
        #expect(counter.series.map(\.value) == [3])
        let histogram = try #require(families.first { $0.name == "b" }?.series.first)
        #expect(histogram.count == 1 && histogram.sum == 1.5)
        #expect(histogram.buckets == [.init(le: "1", count: 0), .init(le: "2", count: 1), .init(le: "+Inf", count: 1)])
        #expect(families.first { $0.name == "c" }?.series.first?.value == 4)
    }

    @Test func `numbers that JSON has not are texts`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.gauge("c", "C.").set(.infinity)
        let text = try await String(decoding: body(fixture, accept: "application/json"), as: UTF8.self)
        #expect(text.contains(#""name":"c","type":"gauge","help":"C.","series":[{"labels":{},"value":"+Inf"}]"#))
    }

    private struct AcceptCase: Decodable {
        let accept: String
        let contentType: String

        enum CodingKeys: String, CodingKey {
            case accept
            case contentType = "client_python_content_type"
        }
    }

    private func contentType(_ accept: String, path: String = "/metrics") async throws -> String? {
        let fixture = try await MetricsFixture()
        let endpoint = try #require(fixture.monitor.endpoints.first { $0.path == path })
        let headers = Monitor.Headers(accept.isEmpty ? [] : [("Accept", accept)])
        let response = await endpoint.respond(EndpointRequest(path: path, headers: headers))
        return response.headers.first { $0.name == "Content-Type" }?.value
    }

    @Test func `the text format is that which the official Python client would choose`() async throws {
        let url = try #require(
            Bundle.module.url(forResource: "accept_header_cases", withExtension: "json", subdirectory: "Fixtures"))
        let cases = try JSONDecoder().decode([AcceptCase].self, from: Data(contentsOf: url))
        #expect(cases.count > 8)
        for each in cases {
            let ours = try #require(await contentType(each.accept, path: "/metrics/prometheus"))
            // Python names its own way to escape where the client named none.
            let theirs = each.contentType
            #expect(theirs == ours || theirs == ours + "; escaping=underscores", "\(each.accept)")
        }
    }

    @Test(arguments: [
        ("application/json", true), ("application/json, */*", false),
        ("application/json;q=0.9, text/plain;q=0.1", true), ("text/html,application/json;q=0.5,*/*;q=0.1", true),
        ("application/json;q=0", false), ("APPLICATION/JSON ; Q=1", true), ("application/json;q=nan", false),
        (";;,,q=,=;=", false), ("*/*;q=0.1,application/json;q=0.2", true), ("application/json;q=-1", false),
    ])
    func `the format is JSON where that weighs more than text`(_ accept: String, _ isJSON: Bool) async throws {
        #expect(try await contentType(accept) == (isJSON ? "application/json" : TextDialect.prometheus.contentType))
    }

    @Test func `OpenMetrics is written as it should be, byte for byte`() async throws {
        let fixture = try await MetricsFixture()
        let metrics = fixture.metrics
        metrics.counter("uploads_total", "The \"uploads\" \\ by\ntype.", labels: "type")["loan"].increment(by: 2)
        metrics.histogram("uploads_seconds", "Latency.", buckets: [1, 2_000_000]).observe(0.5)
        let page = try await String(decoding: body(fixture, accept: "application/openmetrics-text"), as: UTF8.self)
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines.filter { $0.contains("uploads") }.joined(separator: "\n") == #"""
                # HELP uploads_seconds Latency.
                # TYPE uploads_seconds histogram
                uploads_seconds_bucket{le="1.0"} 1
                uploads_seconds_bucket{le="2e+06"} 1
                uploads_seconds_bucket{le="+Inf"} 1
                uploads_seconds_sum 0.5
                uploads_seconds_count 1
                # HELP uploads The \"uploads\" \\ by\ntype.
                # TYPE uploads counter
                uploads_total{type="loan"} 2
                """#)
        #expect(lines.suffix(2) == ["# EOF", ""])
        #expect(lines.contains("# TYPE target info"))
    }

    @Test func `a gauge cannot have the name that a counter has in OpenMetrics`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.counter("jobs_total", "J.").increment()
        fixture.metrics.gauge("jobs", "J.").set(1)
        #expect(try fixture.page().value("jobs") == nil)
        #expect(fixture.problems == ["conflict"])
    }

    @Test func `the page for Prometheus is text whatever is accepted`() async throws {
        let fixture = try await MetricsFixture()
        let bytes = try await body(fixture, path: "/metrics/prometheus", accept: "application/json")
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("# HELP "))
    }

    private func body(_ fixture: MetricsFixture, path: String = "/metrics", accept: String) async throws -> [UInt8] {
        let endpoint = try #require(fixture.monitor.endpoints.first { $0.path == path })
        let request = EndpointRequest(path: path, headers: Monitor.Headers([("Accept", accept)]))
        return try await endpoint.respond(request).body.collected(upTo: 1 << 24)
    }
}
