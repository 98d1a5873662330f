import Dispatch
import MonitoringCore
import MonitoringMetrics
import MonitoringTesting
import Synchronization
import Testing

@Suite struct ReadGaugeTests {
    @Test func `a gauge is read at every scrape`() async throws {
        let fixture = try await MetricsFixture()
        let users = Mutex(3)
        fixture.metrics.gauge("active_users", "Users.") { users.withLock { Double($0) } }
        #expect(try fixture.page().value("active_users") == 3)
        users.withLock { $0 = 4 }
        #expect(try fixture.page().value("active_users") == 4)
    }

    @Test func `a pool tells how many connections it has, and how many are free and in use`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.pool("main", size: { 10 }, available: { 7 })
        fixture.metrics.pool("replica", size: { 5 }, available: { 0 })
        let page = try fixture.page()
        #expect(page.samples("db_connection_pool_size") == [["pool": "main"]: 10, ["pool": "replica"]: 5])
        #expect(page.samples("db_connection_pool_available") == [["pool": "main"]: 7, ["pool": "replica"]: 0])
        #expect(page.samples("db_connections_active") == [["pool": "main"]: 3, ["pool": "replica"]: 5])
    }

    @Test func `of two closures with the same labels the later counts`() async throws {
        let fixture = try await MetricsFixture()
        fixture.metrics.gauge("level", "L.", ["tank": "a"]) { 1 }
        fixture.metrics.gauge("level", "L.", ["tank": "a"]) { 2 }
        #expect(try fixture.page().samples("level") == [["tank": "a"]: 2])
    }

    @Test func `what a closure does is not observed`() async throws {
        let fixture = try await MetricsFixture()
        let monitor = fixture.monitor
        fixture.metrics.gauge("level", "L.") { monitor.observe(.tool(name: "hidden")) { 1 } }
        #expect(try fixture.page().value("level") == 1)
        #expect(fixture.telemetry.operations.isEmpty)
    }

    @Test func `a closure that does not return costs its number, not the page`() async throws {
        let fixture = try await MetricsFixture()
        let isLetGo = DispatchSemaphore(value: 0)
        let hasReturned = DispatchSemaphore(value: 0)
        fixture.metrics.gauge("first", "F.") { 1 }
        fixture.metrics.gauge("stuck", "S.") {
            isLetGo.wait()
            hasReturned.signal()
            return 2
        }
        fixture.metrics.counter("jobs_total", "J.").increment()
        let page = try fixture.page()
        #expect(page.value("first") == 1)
        #expect(page.value("stuck") == nil)
        #expect(page.value("jobs_total") == 1)
        #expect(fixture.problems == ["gauge-stuck"])
        // While it hangs nothing is asked again, so that no page waits a second time.
        #expect(try fixture.page().value("first") == nil)
        isLetGo.signal()
        #expect(await Self.waits(for: hasReturned))
        // From now on it returns at once.
        for _ in 0..<1000 { isLetGo.signal() }
        var value: Double?
        for _ in 0..<1000 where value == nil {
            value = try fixture.page().value("stuck")
            await Task.yield()
        }
        #expect(value == 2)
    }

    private static func waits(for semaphore: DispatchSemaphore) async -> Bool {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "waiting").async {
                continuation.resume(returning: semaphore.wait(timeout: .now() + 10) == .success)
            }
        }
    }
}
