import MonitoringCore
import MonitoringMetrics
import MonitoringTesting
import Testing

@Suite struct InstrumentTests {
    @Test func `a counter counts whole numbers exactly and fractions too`() async throws {
        let fixture = try await MetricsFixture()
        let counter = fixture.metrics.counter("jobs_total", "Jobs.")
        counter.increment()
        counter.increment(by: 9_007_199_254_740_992)
        #expect(try fixture.page().text("jobs_total") == "9007199254740993")
        let amount = fixture.metrics.counter("cost_total", "Cost.")
        amount.increment(by: 0.5)
        amount.increment(by: 2.0)
        amount.increment()
        #expect(amount.value == 3.5)
        #expect(try fixture.page().text("cost_total") == "3.5")
    }

    @Test func `a counter does not shrink`() async throws {
        let fixture = try await MetricsFixture()
        let counter = fixture.metrics.counter("jobs_total", "Jobs.")
        counter.increment(by: 3)
        counter.increment(by: -1)
        counter.increment(by: -0.5)
        counter.increment(by: .nan)
        counter.increment(by: .infinity)
        #expect(counter.value == 3)
    }

    @Test func `an up-down counter counts what is under way`() async throws {
        let fixture = try await MetricsFixture()
        let jobs = fixture.metrics.upDownCounter("jobs", "Jobs under way.")
        let during = jobs.track { jobs.value }
        #expect(during == 1)
        #expect(jobs.value == 0)
        #expect(throws: CancellationError.self) { try jobs.track { () throws in throw CancellationError() } }
        #expect(jobs.value == 0)
        jobs.add(-2)
        jobs.add(0.25)
        #expect(jobs.value == -1.75)
        #expect(try fixture.page().types["jobs"] == "gauge")
    }

    @Test func `an up-down counter counts across suspensions`() async throws {
        let fixture = try await MetricsFixture()
        let jobs = fixture.metrics.upDownCounter("jobs", "Jobs under way.")
        let during = await jobs.track {
            await Task.yield()
            return jobs.value
        }
        #expect(during == 1)
        #expect(jobs.value == 0)
    }

    @Test func `a gauge is what it was set to last`() async throws {
        let fixture = try await MetricsFixture()
        let gauge = fixture.metrics.gauge("balance", "Balance.")
        #expect(try fixture.page().text("balance") == "0")
        gauge.set(12.5)
        gauge.add(-2.25)
        #expect(gauge.value == 10.25)
        gauge.set(7)
        #expect(gauge.value == 7)
        gauge.set(true)
        #expect(try fixture.page().text("balance") == "1")
        gauge.set(-.infinity)
        #expect(try fixture.page().text("balance") == "-Inf")
        gauge.set(.nan)
        #expect(try fixture.page().text("balance") == "NaN")
    }

    @Test func `a histogram counts into buckets whose bounds are inclusive`() async throws {
        let fixture = try await MetricsFixture()
        let sizes = fixture.metrics.histogram("size_bytes", "Sizes.", buckets: [1, 10, 100])
        for value in [0.5, 1, 1.5, 10, 99, 1000] { sizes.observe(value) }
        sizes.observe(10)
        let page = try fixture.page()
        let counts = ["1", "10", "100", "+Inf"].map { page.value("size_bytes_bucket", ["le": $0]) }
        #expect(counts == [2, 5, 6, 7])
        #expect(page.value("size_bytes_sum") == 1122)
        #expect(sizes.count == 7)
        #expect(sizes.sum == 1122)
    }

    @Test func `what is not finite does not spoil a histogram`() async throws {
        let fixture = try await MetricsFixture()
        let sizes = fixture.metrics.histogram("size_bytes", "Sizes.")
        sizes.observe(2)
        sizes.observe(.nan)
        sizes.observe(.infinity)
        #expect(sizes.count == 1)
        #expect(sizes.sum == 2)
    }

    @Test func `a timer measures by the monitor's clock`() async throws {
        let fixture = try await MetricsFixture()
        let clock = fixture.telemetry.clock
        let timer = fixture.metrics.timer("work_seconds", "Work.")
        timer.time { clock.advance(by: .milliseconds(250)) }
        #expect(throws: CancellationError.self) {
            try timer.time { () throws in
                clock.advance(by: .milliseconds(750))
                throw CancellationError()
            }
        }
        await timer.time {
            await Task.yield()
            clock.advance(by: .seconds(2))
        }
        timer.record(.milliseconds(500))
        #expect(timer.count == 4)
        #expect(timer.total == .milliseconds(3500))
    }

    @Test func `off, instruments do nothing and bodies run`() async throws {
        let monitor = try await TestMonitor(environment: ["ENABLE_METRICS": "false"]).monitor
        let metrics = monitor.metrics
        metrics.counter("a_total", "A.").increment()
        metrics.gauge("b", "B.").set(1)
        metrics.counter("c_total", "C.", labels: "x", "y")["1", "2"].increment()
        metrics.histogram("d", "D.", labels: "x")["1"].observe(1)
        metrics.gauge("e", "E.") { 1 }
        #expect(metrics.timer("f", "F.").time { 42 } == 42)
        #expect(metrics.upDownCounter("g", "G.").track { 43 } == 43)
        #expect(metrics.counter("a_total", "A.").value == 0)
        #expect(metrics.text().isEmpty)
        #expect(metrics.value("a_total") == nil)
        #expect(metrics.cardinality.isEmpty)
    }

    @Test func `instruments outlive their monitor`() async throws {
        var fixture: MetricsFixture? = try await MetricsFixture()
        let counter = try #require(fixture).metrics.counter("a_total", "A.", labels: "x")
        let one = counter["1"]
        await fixture?.monitor.shutdown(within: .seconds(1))
        fixture = nil
        one.increment()
        counter["2"].increment()
        #expect(one.value == 1)
    }
}
