import MonitoringCore
import MonitoringTesting
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Each in a process of its own, whose other threads hold nothing that the child would wait for.
@Suite struct ForkTests {
    @Test func `in a forked child the parent's monitor is off`() async {
        await #expect(processExitsWith: .success) {
            let telemetry = try await TestMonitor()
            let monitor = telemetry.monitor
            let failed = await ForkedChild.run { child in
                child.check(!monitor.observe(.tool(name: "t")) { $0.isObserved })
                child.check(
                    await !monitor.observe(.tool(name: "t")) { (operation: Monitor.Operation) async in
                        operation.isObserved
                    })
                child.check(!monitor.begin(.tool(name: "t")).isObserved)
                monitor.capture("m")
                monitor.log(.error, "l")
                monitor.breadcrumb("c")
                monitor.scope.tags["a"] = "b"
                child.check(telemetry.captures.isEmpty && telemetry.logs.isEmpty && telemetry.operations.isEmpty)
                child.check(
                    telemetry.open.isEmpty && monitor.scope.tags.all.isEmpty && monitor.scope.breadcrumbs.isEmpty)
                child.check(await monitor.flush(within: .zero))
                child.check(await monitor.shutdown(within: .zero))
                var outgoing: [String: String] = [:]
                let incoming = ["traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]
                monitor.observe(.httpServer(method: "GET"), continuing: incoming) { $0.inject(into: &outgoing) }
                child.check(outgoing == incoming)
            }
            #expect(failed == 0)
            monitor.observe(.tool(name: "parent")) {}
            #expect(telemetry.operations.map(\.name) == ["execute_tool parent"])
        }
    }

    @Test func `an operation begun before the fork belongs to the parent alone`() async {
        await #expect(processExitsWith: .success) {
            let telemetry = try await TestMonitor()
            let operation = telemetry.monitor.begin(.agent(name: "begun"))
            let failed = await ForkedChild.run { child in
                operation[.agentID] = "child"
                operation.event("child")
                operation.fail("child")
                operation.end()
                child.check(telemetry.operations.isEmpty && operation[.agentID] == nil)
                child.check(operation.trace?.isValid == true && operation.requestID.isEmpty)
            }
            #expect(failed == 0)
            operation.end()
            let ended = try #require(telemetry.operation("invoke_agent begun"))
            #expect(ended.outcome == .success && ended.events.isEmpty && ended[.agentID] == nil)
        }
    }

    @Test func `a child does not wait for what the parent's threads hold`() async {
        await #expect(processExitsWith: .success) {
            let telemetry = try await TestMonitor()
            let operation = telemetry.monitor.begin(.httpServer(method: "GET"))
            let record = try #require(telemetry.open.first)
            let gate = Gate()
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    record.forEachAttribute { _ in
                        gate.holding.store(true, ordering: .releasing)
                        while !gate.mayLetGo.load(ordering: .acquiring) { sched_yield() }
                    }
                }
                while !gate.holding.load(ordering: .acquiring) { await Task.yield() }
                let failed = await ForkedChild.run { child in
                    operation[.responseStatus] = 200
                    operation.event("child")
                    operation.received()
                    operation.end()
                    child.check(operation.requestID.isEmpty && operation[.responseStatus] == nil)
                    child.check(!operation.run { telemetry.monitor.observe(.tool(name: "t")) { $0.isObserved } })
                }
                #expect(failed == 0)
                gate.mayLetGo.store(true, ordering: .releasing)
            }
        }
    }

    @Test func `parent and child make different ids`() async {
        await #expect(processExitsWith: .success) {
            let generator = RandomIDGenerator()
            _ = generator.makeSpanID()
            var ends: [Int32] = [-1, -1]
            #expect(unsafe pipe(&ends) == 0)
            let writeEnd = ends[1]
            let failed = await ForkedChild.run { child in
                let ids = (0..<100).map { _ in generator.makeSpanID().description }.joined()
                let count = unsafe Array(ids.utf8).withUnsafeBytes { unsafe write(writeEnd, $0.baseAddress, $0.count) }
                child.check(count == 1600)
            }
            #expect(failed == 0)
            var bytes = [UInt8](repeating: 0, count: 1600)
            #expect(unsafe bytes.withUnsafeMutableBytes { unsafe read(ends[0], $0.baseAddress, $0.count) } == 1600)
            let text = String(decoding: bytes, as: UTF8.self)
            var ids = Set((0..<100).map { _ in generator.makeSpanID().description })
            for start in stride(from: 0, to: 1600, by: 16) { ids.insert(String(text.dropFirst(start).prefix(16))) }
            #expect(ids.count == 200)
        }
    }

    @Test func `a child can start a monitor of its own, which then is the current one`() async {
        await #expect(processExitsWith: .success) {
            let lines = Lines()
            let parent = try await Monitor.start(environment: [:])
            #expect(Monitor.current === parent)
            let failed = await ForkedChild.run { child in
                // Without plugins: they would need tasks, which a child of several threads cannot have.
                let own = try? await Monitor.start(environment: [:]) { $0.diagnosticsSink = { lines.append($0) } }
                child.check(own != nil && own !== parent && Monitor.current === own)
                child.check(own?.isInOwnProcess == true && !parent.isInOwnProcess)
                child.check(own?.problems.isEmpty == true)
            }
            #expect(failed == 0)
            #expect(Monitor.current === parent)
        }
    }
}

private final class Gate: Sendable {
    let holding = Atomic(false)
    let mayLetGo = Atomic(false)
}
