import MonitoringCore
import MonitoringMetrics
import MonitoringTesting
import Testing

private enum Color: String, Monitor.LabelValue {
    case red
    case green
}

@Suite struct FamilyTests {
    @Test func `each set of values has a series of its own`() async throws {
        let fixture = try await MetricsFixture()
        let calls = fixture.metrics.counter(
            "calls_total", "Calls.", labels: "endpoint", .responseStatus, Monitor.Label<Color>(name: "color"),
            Monitor.Label<Bool>(name: "ok"))
        calls["/seal", 200, .red, true].increment()
        calls["/seal", 200, .red, true].increment(by: 2)
        calls["/seal", 200, .green, true].increment()
        calls["/seal", 500, .red, false].increment()
        let page = try fixture.page()
        #expect(
            page.samples("calls_total") == [
                ["endpoint": "/seal", "http_response_status_code": "200", "color": "red", "ok": "true"]: 3,
                ["endpoint": "/seal", "http_response_status_code": "200", "color": "green", "ok": "true"]: 1,
                ["endpoint": "/seal", "http_response_status_code": "500", "color": "red", "ok": "false"]: 1,
            ])
    }

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("with \"quotes\"", "with \"quotes\""), ("back\\slash", "back\\slash"),
        ("line\nbreak", "line\nbreak"), ("ends with \\", "ends with \\"), ("tab\tand é 🔥", "tab\tand é 🔥"),
        (#"x",b="y"#, #"x",b="y"#), ("\u{0}\u{1}", "\u{0}\u{1}"),
    ])
    func `any text is a label's value`(_ value: String, _ shown: String) async throws {
        let fixture = try await MetricsFixture()
        let family = fixture.metrics.counter("a_total", "A.", labels: "a", "b")
        family[value, "1"].increment()
        family[value, "1"].increment()
        #expect(try fixture.page().samples("a_total") == [["a": shown, "b": "1"]: 2])
        #expect(fixture.metrics.value("a_total", ["a": shown]) == 2)
    }

    @Test func `values that look like other series' text are told apart`() async throws {
        let fixture = try await MetricsFixture()
        let family = fixture.metrics.counter("a_total", "A.", labels: "a", "b")
        family["x", "1234567"].increment()
        family[#"x",b="#, "567"].increment()
        family["x\",b=\"12345", "67"].increment()
        #expect(try fixture.page().samples("a_total").count == 3)
    }

    @Test func `secrets in values are removed, and what is then the same is one series`() async throws {
        let fixture = try await MetricsFixture()
        let family = fixture.metrics.counter("a_total", "A.", labels: "note")
        family["mail alice@example.org"].increment()
        family["mail bob@example.org"].increment()
        family["mail bob@example.org"].increment()
        let samples = try fixture.page().samples("a_total")
        #expect(samples.count == 1)
        #expect(samples.values.first == 3)
        #expect(!fixture.metrics.text().contains("example.org"))
        let passwords = fixture.metrics.counter("b_total", "B.", labels: "password")
        passwords["hunter2hunter2"].increment()
        #expect(!fixture.metrics.text().contains("hunter2"))
    }

    @Test func `long values are cut between characters`() async throws {
        let fixture = try await MetricsFixture()
        let family = fixture.metrics.counter("a_total", "A.", labels: "a")
        let long = String(repeating: "é", count: 10_000)
        family[long].increment()
        family[long + "x"].increment()
        let samples = try fixture.page().samples("a_total")
        let value = try #require(samples.keys.first?["a"])
        #expect(samples == [["a": value]: 2])
        #expect(value.utf8.count <= 256)
        #expect(value.hasPrefix("éééé") && value.hasSuffix("é…"))
    }

    @Test func `names that Prometheus keeps for itself are changed`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.histogram("h", "H.", labels: "le", "__name__", buckets: [1])["x", "y"].observe(0.5)
        fixture.metrics.counter("c_total", "C.", labels: "a.b", "a-b")["x", "y"].increment()
        let page = try fixture.page()
        #expect(page.value("h_count", ["le_": "x", "_name_": "y"]) == 1)
        #expect(page.value("c_total", ["a_b": "x", "a_b_": "y"]) == 1)
    }

    @Test func `all kinds of instrument come with labels`() async throws {
        let fixture = try await MetricsFixture()
        let metrics = fixture.metrics
        metrics.upDownCounter("up", "U.", labels: "a")["1"].add(2)
        metrics.gauge("level", "G.", labels: "a", "b", "c")["1", "2", "3"].set(4)
        metrics.timer("wait_seconds", "T.", labels: "a", "b", "c", "d")["1", "2", "3", "4"].record(.seconds(1))
        let page = try fixture.page()
        #expect(page.value("up", ["a": "1"]) == 2)
        #expect(page.value("level", ["a": "1", "b": "2", "c": "3"]) == 4)
        #expect(page.value("wait_seconds_sum", ["a": "1", "b": "2", "c": "3", "d": "4"]) == 1)
    }
}
