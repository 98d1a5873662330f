import MonitoringCore
import MonitoringTesting
import Synchronization
import Testing

@Suite struct NestingTests {
    private final class Counter: MonitoringPlugin {
        let interest = Monitor.Kinds.all
        let ended = Atomic(0)
        /// The second operation, if it is still there: the first is the root, whose scope all others share.
        let second = Mutex<Weak?>(nil)

        struct Weak: Sendable {
            weak let record: Monitor.Record?
        }

        func started(_ operation: Monitor.Record) {
            second.withLock { if $0 == nil, operation.parentSpanID != nil { $0 = Weak(record: operation) } }
        }

        var isSecondGone: Bool { second.withLock { $0.map { $0.record == nil } ?? false } }

        func ended(_ operation: Monitor.Record) { ended.wrappingAdd(1, ordering: .relaxed) }
    }

    private func nest(_ monitor: Monitor, _ depth: Int, _ innermost: () async -> Void) async {
        guard depth > 0 else { return await innermost() }
        await monitor.observe(.tool(name: "t")) {
            await Task.yield()
            await nest(monitor, depth - 1, innermost)
        }
    }

    @Test func `ten thousand nested operations belong to one trace`() async throws {
        let telemetry = try await TestMonitor()
        await nest(telemetry.monitor, 10_000) {
            #expect(Monitor.Operation.current.isObserved)
        }
        let records = telemetry.operations
        #expect(records.count == 10_000 && Set(records.map(\.trace.traceID)).count == 1)
        #expect(zip(records, records.dropFirst()).allSatisfy { $0.parentSpanID == $1.trace.spanID })
        #expect(telemetry.open.isEmpty && telemetry.violations.isEmpty)
    }

    @Test func `ten thousand nested requests have a scope each`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        var operations: [Monitor.Operation] = []
        for _ in 0..<10_000 { operations.append(monitor.begin(.httpServer(method: "GET"), parent: operations.last)) }
        for (index, operation) in operations.enumerated().reversed() {
            operation.run { monitor.scope.tags["depth"] = String(index) }
        }
        let depths = operations.map { operation in operation.run { monitor.scope.tags["depth"] } }
        #expect(depths == (0..<10_000).map(String.init))
        for operation in operations.reversed() { operation.end() }
    }

    @Test func `an operation that ended keeps none of those it stood in`() async throws {
        let counter = Counter()
        let monitor = try await Monitor.start(.holding(counter), environment: [:]) { $0.installs = false }
        var last: Monitor.Operation? = monitor.begin(.tool(name: "t"))
        for _ in 0..<100_000 {
            let next = monitor.begin(.tool(name: "t"), parent: last)
            last?.end()
            last = next
        }
        #expect(counter.isSecondGone)
        last?.end()
        last = nil
        #expect(counter.ended.load(ordering: .relaxed) == 100_001)
    }

    @Test(.timeLimit(.minutes(5)))
    func `a task that starts its successor within its operation does not grow`() async throws {
        let counter = Counter()
        let monitor = try await Monitor.start(.holding(counter), environment: [:]) { $0.installs = false }
        let (done, finish) = AsyncStream<Void>.makeStream()
        @Sendable func poll(_ rounds: Int) {
            Task {
                await monitor.observe(.custom("poll")) {
                    if rounds > 0 { return poll(rounds - 1) }
                    while !counter.isSecondGone { await Task.yield() }
                    finish.finish()
                }
            }
        }
        poll(1000)
        for await _ in done {}
        #expect(counter.isSecondGone)
    }
}
