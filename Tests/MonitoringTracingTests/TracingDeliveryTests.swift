import MonitoringCore
import MonitoringExport
import MonitoringTesting
import MonitoringTracing
import Testing

@Suite struct TracingDeliveryTests {
    @Test func `spans leave after the delay by themselves`() async throws {
        let bench = try await TracingBench(["OTEL_BSP_SCHEDULE_DELAY": "200"])
        bench.monitor.observe(.custom("work")) {}
        await bench.telemetry.clock.waitForSleepers()
        #expect(bench.collector.requests.isEmpty)
        bench.telemetry.clock.advance(by: .milliseconds(200))
        await bench.collector.requestCount(1)
        #expect(bench.collector.requests.flatMap(\.spans).count == 1)
        await bench.monitor.shutdown(within: .seconds(1))
    }

    @Test func `a full batch leaves at once, and no request holds more`() async throws {
        let bench = try await TracingBench(["OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "2"])
        for _ in 0..<6 { bench.monitor.observe(.custom("work")) {} }
        await bench.collector.requestCount(3)
        #expect(bench.collector.requests.map(\.spans.count) == [2, 2, 2])
        await bench.monitor.shutdown(within: .seconds(1))
    }

    @Test func `a shutdown sends what waits, and everything after it is off`() async throws {
        let bench = try await TracingBench()
        for _ in 0..<3 { bench.monitor.observe(.custom("work")) {} }
        #expect(await bench.monitor.shutdown(within: .seconds(1)))
        bench.monitor.observe(.custom("late")) {}
        #expect(bench.collector.requests.flatMap(\.spans).count == 3)
        #expect(bench.ledger?.delivered == 3 && bench.ledger?.imbalance == 0)
        #expect(bench.problems.isEmpty)
    }

    @Test func `what the collector refused or did not take in time is told and adds up`() async throws {
        let refusing = CollectorFake(
            .status(400), .status(200, body: #"{"partialSuccess":{"rejectedSpans":"1"}}"#), .fault(.refused))
        let bench = try await TracingBench(
            ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector.example:4318"], collector: refusing)
        for round in 1...3 {
            for _ in 0..<2 { bench.monitor.observe(.custom("work \(round)")) {} }
            await bench.monitor.flush(within: .seconds(1))
        }
        let before = try #require(bench.ledger)
        #expect([before.produced, before.rejected, before.delivered, before.queued] == [6, 3, 1, 2])
        #expect(await bench.monitor.shutdown(within: .seconds(1)) == false)
        let after = try #require(bench.ledger)
        #expect(after.dropped == ["closed": 2] && after.imbalance == 0)
        #expect(
            bench.problems.map(\.code) == [
                "delivery-rejected", "delivery-partial", "delivery-refused-connection", "left-behind",
            ])
        #expect(bench.problems.last?.message.contains("2 of 6 spans") == true)
    }

    @Test func `each outage, each recovery and each kind of refusal is told`() async throws {
        let collector = CollectorFake(
            .status(503), .status(200), .status(503), .status(200), .status(400), .status(401), .status(400))
        let bench = try await TracingBench(collector: collector)
        for _ in 0..<2 {
            bench.monitor.observe(.custom("work")) {}
            await bench.monitor.flush(within: .milliseconds(100))
            bench.telemetry.clock.advance(by: .seconds(61))
            await bench.monitor.flush(within: .milliseconds(100))
        }
        for _ in 0..<3 {
            bench.monitor.observe(.custom("work")) {}
            await bench.monitor.flush(within: .milliseconds(100))
            bench.telemetry.clock.advance(by: .seconds(61))
        }
        let told = bench.telemetry.diagnostics.compactMap { line in
            ["answers 503", "takes spans again", "answers 400", "answers 401"].first { line.contains($0) }
        }
        #expect(
            told == [
                "answers 503", "takes spans again", "answers 503", "takes spans again", "answers 400", "answers 401",
                "answers 400",
            ])
        #expect(
            bench.problems.map(\.code) == [
                "delivery-busy", "delivery-recovered", "delivery-rejected", "delivery-rejected",
            ])
        await bench.monitor.shutdown(within: .seconds(1))
    }

    @Test func `nobody at the default endpoint is one line`() async throws {
        let bench = try await TracingBench(collector: CollectorFake(.fault(.refused)))
        for _ in 0..<3 {
            bench.monitor.observe(.custom("work")) {}
            await bench.monitor.flush(within: .seconds(1))
        }
        await bench.monitor.shutdown(within: .seconds(1))
        #expect(bench.problems.map(\.code) == ["delivery-no-receiver"])
        #expect(bench.problems.first?.severity == .notice)
    }

    @Test func `a bound on the queue drops new spans and counts them`() async throws {
        let bench = try await TracingBench(
            ["OTEL_BSP_MAX_QUEUE_SIZE": "4"], collector: CollectorFake(.fault(.refused)))
        for index in 0..<10 { bench.monitor.observe(.custom("work \(index)")) {} }
        let ledger = try #require(bench.ledger)
        #expect(ledger.produced == 10)
        #expect(ledger.queued == 4)
        #expect(ledger.dropped == ["full": 6])
        #expect(ledger.imbalance == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func `drops are told while they happen, once, and anew after an outage, and all at the shutdown`() async throws {
        let collector = CollectorFake(.fault(.refused), .status(200), .fault(.refused))
        let bench = try await TracingBench(["OTEL_BSP_MAX_QUEUE_SIZE": "4"], collector: collector)
        func drops() -> Int { bench.telemetry.diagnostics.filter { $0.contains("the queue is full") }.count }
        for round in 1...2 {
            for index in 0..<10 { bench.monitor.observe(.custom("work \(index)")) {} }
            while drops() < round { await Task.yield() }
            await bench.monitor.flush(within: .milliseconds(100))
            bench.telemetry.clock.advance(by: .seconds(61))
            if round == 1 { await bench.monitor.flush(within: .milliseconds(100)) }
        }
        #expect(await bench.monitor.shutdown(within: .seconds(1)) == false)
        #expect(drops() == 2)
        #expect(
            bench.problems.map(\.code) == [
                "dropped-full", "delivery-no-receiver", "delivery-recovered", "left-behind",
            ])
        #expect(bench.problems.last?.message.hasSuffix("dropped before: 12 full") == true)
    }

    @Test func `the shorter of the two timeouts bounds an attempt`() async throws {
        let policy = DeliveryPolicy.attemptTimeout(exporter: .seconds(10), processor: .seconds(30))
        #expect(policy == .seconds(10))
        #expect(DeliveryPolicy.attemptTimeout(exporter: .zero, processor: .seconds(30)) == .seconds(30))
    }

    @Test func `with the exporter none nothing is recorded, and a caller's context goes on unbroken`() async throws {
        let bench = try await TracingBench(["OTEL_TRACES_EXPORTER": "none"])
        var headers: [String: String] = [:]
        let incoming = ["traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]
        bench.monitor.observe(.custom("work"), continuing: incoming) { $0.inject(into: &headers) }
        #expect(headers == incoming)
        #expect(await bench.spans().isEmpty)
        #expect(await bench.monitor.shutdown(within: .seconds(1)))
        #expect(bench.ledger == nil)
        #expect(bench.telemetry.diagnostics.contains { $0.contains("recording nothing (OTEL_TRACES_EXPORTER=none)") })
    }
}
