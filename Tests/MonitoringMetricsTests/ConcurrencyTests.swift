import Dispatch
import MonitoringCore
import MonitoringMetrics
import MonitoringTesting
import Synchronization
import Testing

@Suite struct ConcurrencyTests {
    private static let threads = 4
    private static let rounds = 5_000

    /// Runs the body on several threads at once, until all are done.
    private func inParallel(_ body: @escaping @Sendable (Int) -> Void) {
        DispatchQueue.concurrentPerform(iterations: Self.threads, execute: body)
    }

    @Test func `no count is lost, whoever counts at the same time`() async throws {
        let fixture = try await MetricsFixture()
        let metrics = fixture.metrics
        let counter = metrics.counter("a_total", "A.")
        let level = metrics.upDownCounter("b", "B.")
        let histogram = metrics.histogram("c", "C.", buckets: [1, 2, 3])
        let amount = metrics.counter("d_total", "D.")
        inParallel { _ in
            for round in 0..<Self.rounds {
                counter.increment()
                level.add(round.isMultiple(of: 2) ? 3 : -1)
                histogram.observe(round % 4)
                amount.increment(by: 0.5)
            }
        }
        let total = Self.threads * Self.rounds
        #expect(counter.value == Double(total))
        #expect(level.value == Double(total))
        #expect(amount.value == Double(total) / 2)
        let page = try fixture.page()
        #expect(page.value("c_count") == Double(total))
        #expect(page.value("c_sum") == Double(total) * 1.5)
        #expect(page.value("c_bucket", ["le": "1"]) == Double(total) / 2)
    }

    @Test func `threads that look up the same values find the same series`() async throws {
        let fixture = try await MetricsFixture()
        let family = fixture.metrics.counter("a_total", "A.", labels: "a", "b")
        inParallel { thread in
            for round in 0..<Self.rounds { family["value-\((round &+ thread * 37) % 500)", "x"].increment() }
        }
        let samples = try fixture.page().samples("a_total")
        #expect(samples.count == 500)
        #expect(samples.values.reduce(0, +) == Double(Self.threads * Self.rounds))
    }

    @Test func `pages are sound while series are made and counted`() async throws {
        let fixture = try await MetricsFixture()
        let family = fixture.metrics.histogram("h", "H.", labels: "a", buckets: [1, 2])
        let isOver = Atomic(false)
        let reading = Mutex<(pages: Int, faults: [String])>((0, []))
        DispatchQueue.concurrentPerform(iterations: Self.threads) { thread in
            guard thread > 0 else {
                while !isOver.load(ordering: .relaxed) || reading.withLock({ $0.pages == 0 }) {
                    let fault: String?
                    do {
                        _ = try ParsedPage(fixture.metrics.text())
                        fault = nil
                    } catch { fault = "\(error)" }
                    reading.withLock { reading in
                        reading.pages += 1
                        if let fault { reading.faults.append(fault) }
                    }
                }
                return
            }
            for round in 0..<5000 { family["\(thread)-\(round % 300)"].observe(round % 3) }
            isOver.store(true, ordering: .relaxed)
        }
        #expect(reading.withLock { $0.faults }.isEmpty)
        #expect(fixture.metrics.value("h_count") == Double(3 * 5000))
    }

    @Test func `overflowing at the same time loses nothing`() async throws {
        let fixture = try await MetricsFixture(["METRICS_CARDINALITY_LIMIT": "50"])
        let family = fixture.metrics.counter("a_total", "A.", labels: "a")
        inParallel { thread in
            for round in 0..<2000 { family["\(thread)-\(round)"].increment() }
        }
        let samples = try fixture.page().samples("a_total")
        #expect(samples.count == 51)
        #expect(samples.values.reduce(0, +) == Double(Self.threads * 2000))
        #expect(fixture.problems == ["cardinality"])
    }

    @Test func `operations on many threads are all counted`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        inParallel { thread in
            for round in 0..<500 {
                monitor.observe(.agent(name: "agent-\(thread)")) {
                    monitor.observe(.chat(provider: "p", model: "m")) { $0[.inputTokens] = round }
                }
            }
        }
        let total = Double(Self.threads * 500)
        #expect(fixture.metrics.value("llm_requests_total") == total)
        #expect(fixture.metrics.value("agent_calls_total", ["status": "success"]) == total)
        #expect(fixture.metrics.value("llm_tokens_total") == fixture.metrics.value("agent_tokens_used_total"))
        #expect(fixture.metrics.value("llm_requests_in_progress") == 0)
    }
}
