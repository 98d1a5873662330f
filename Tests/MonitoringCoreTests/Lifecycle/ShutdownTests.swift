import MonitoringCore
import MonitoringTesting
import Synchronization
import Testing

@Suite struct ShutdownTests {
    final class Stubborn: MonitoringPlugin {
        let interest: Monitor.Kinds = .all
        let ended = Atomic(0)
        let wasCancelled = Atomic(false)

        func ended(_ operation: Monitor.Record) { ended.wrappingAdd(1, ordering: .relaxed) }
        func shutdown(within limit: Duration) async -> Bool {
            try? await SystemClock().sleep(for: .seconds(3600))
            wasCancelled.store(Task.isCancelled, ordering: .relaxed)
            return true
        }
    }

    @Test func `a plugin that never stops does not keep the host from stopping`() async throws {
        let stubborn = Stubborn()
        let telemetry = try await TestMonitor(.holding(stubborn, name: "stubborn"))
        async let isClean = telemetry.monitor.shutdown(within: .seconds(5))
        async let second = telemetry.monitor.shutdown(within: .seconds(5))
        await telemetry.clock.waitForSleepers(2)
        telemetry.clock.advance(by: .seconds(5))
        #expect(await isClean == false)
        #expect(await second == false)
    }

    @Test func `after the shutdown every call is the off path`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        let running = monitor.begin(.agent(name: "running"))
        #expect(await monitor.shutdown(within: .seconds(5)))
        #expect(await monitor.shutdown(within: .seconds(5)))
        running.end()
        monitor.observe(.tool(name: "t")) { #expect(!$0.isObserved) }
        monitor.capture("late")
        monitor.log(.error, "late")
        #expect(telemetry.operations.isEmpty && telemetry.captures.isEmpty && telemetry.logs.isEmpty)
        #expect(await monitor.flush(within: .seconds(1)))
    }

    @Test func `a host that stops in a cancelled task is waited for all the same`() async throws {
        final class Slow: MonitoringPlugin {
            let clock: ManualClock
            init(_ clock: ManualClock) { self.clock = clock }
            func shutdown(within limit: Duration) async -> Bool {
                do { try await clock.sleep(for: .seconds(1)) } catch { return false }
                return true
            }
        }
        let clock = ManualClock()
        let telemetry = try await TestMonitor(.holding(Slow(clock), name: "slow"), clock: clock)
        let stopping = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return await telemetry.monitor.shutdown(within: .seconds(5))
        }
        await clock.waitForSleepers(3)
        clock.advance(by: .seconds(1))
        #expect(await stopping.value)
    }

    @Test func `what ends while plugins stop is still heard`() async throws {
        final class Waiting: MonitoringPlugin {
            let (stopping, told) = AsyncStream<Void>.makeStream()
            let (gate, opens) = AsyncStream<Void>.makeStream()
            func shutdown(within limit: Duration) async -> Bool {
                told.finish()
                for await _ in gate {}
                return true
            }
        }
        let waiting = Waiting()
        let telemetry = try await TestMonitor(.holding(waiting, name: "waiting"))
        let running = telemetry.monitor.begin(.agent(name: "late"))
        async let isClean = telemetry.monitor.shutdown(within: .seconds(5))
        for await _ in waiting.stopping {}
        #expect(telemetry.monitor.observe(.tool(name: "new")) { $0.isObserved } == false)
        running.end()
        waiting.opens.finish()
        #expect(await isClean)
        #expect(telemetry.operations.map(\.name) == ["invoke_agent late"])
    }

    @Test func `a flush in a cancelled task still flushes`() async throws {
        final class Counting: MonitoringPlugin {
            let flushes = Atomic(0)
            func flush(within limit: Duration) async -> Bool {
                flushes.wrappingAdd(Task.isCancelled ? 0 : 1, ordering: .relaxed)
                return true
            }
        }
        let counting = Counting()
        let telemetry = try await TestMonitor(.holding(counting, name: "counting"))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await telemetry.monitor.flush(within: .seconds(5))
        }
        task.cancel()
        #expect(await task.value)
        #expect(counting.flushes.load(ordering: .relaxed) == 1)
    }

    @Test func `background work runs suppressed, and its failure is told`() async throws {
        final class Worker: MonitoringPlugin {
            struct Broken: Error {}
            let started = AsyncStream<Bool>.makeStream()
            func run() async throws {
                started.continuation.yield(Monitor.current.observe(.tool(name: "own")) { $0.isObserved })
                throw Broken()
            }
        }
        let worker = Worker()
        let telemetry = try await TestMonitor(.holding(worker, name: "worker"))
        for await isObserved in worker.started.stream {
            #expect(!isObserved)
            break
        }
        while telemetry.monitor.problems.isEmpty { await Task.yield() }
        #expect(telemetry.monitor.problems.map(\.code) == ["run-failed"])
        #expect(telemetry.operations.isEmpty)
        await telemetry.monitor.shutdown(within: .seconds(1))
    }

    @Test func `run ends with its task and shuts down`() async throws {
        let telemetry = try await TestMonitor()
        let task = Task { await telemetry.monitor.run() }
        await telemetry.clock.waitForSleepers()
        task.cancel()
        await task.value
        #expect(telemetry.monitor.observe(.tool(name: "t")) { $0.isObserved } == false)
    }
}
