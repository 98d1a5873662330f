import MonitoringCore
import MonitoringTesting
import Testing
import ThirdPartyPlugin

@Suite struct TestMonitorTests {
    @Test func `what a host says is there as operations, as a tree and as lines`() async throws {
        let telemetry = try await TestMonitor()
        await telemetry.run {
            await Monitor.current.observe(.agent(name: "guide")) {
                Monitor.current.observe(.chat(provider: "p", model: "m")) { $0[.outputTokens] = 7 }
                Monitor.current.observe(.tool(name: "calculator")) {}
                await Task { Monitor.current.capture("odd", level: .warning) }.value
                Monitor.current.log(.info, "done")
            }
        }
        #expect(telemetry.tree == "invoke_agent guide\n  chat m\n  execute_tool calculator")
        let chat = try #require(telemetry.operation("chat m"))
        #expect(chat.outcome == .success && chat[.outputTokens] == 7)
        #expect(telemetry.parent(of: chat)?.name == "invoke_agent guide")
        #expect(telemetry.captures.count == 1 && telemetry.logs.map(\.message) == ["done"])
        #expect(telemetry.operation("missing") == nil && telemetry.open.isEmpty && telemetry.violations.isEmpty)
    }

    @Test func `ids count from one in each, so that headers can be written out`() async throws {
        for _ in 0..<2 {
            let telemetry = try await TestMonitor()
            var headers: [String: String] = [:]
            telemetry.monitor.observe(.httpClient(method: "GET", url: "http://b")) { $0.inject(into: &headers) }
            #expect(headers["traceparent"] == "00-00000000000000000000000000000001-0000000000000001-03")
        }
    }

    @Test func `time is the test's own`() async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.tool(name: "slow")) { telemetry.clock.advance(by: .seconds(2)) }
        #expect(telemetry.operation("execute_tool slow")?.duration == .seconds(2))
        let sleeper = Task { try await telemetry.clock.sleep(for: .seconds(5)) }
        await telemetry.clock.waitForSleepers()
        telemetry.clock.advance(by: .seconds(5))
        try await sleeper.value
        #expect(telemetry.clock.sleeperCount == 0)
    }

    @Test func `a sleep that is cancelled, before or after it began, ends`() async throws {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(5)) }
        await clock.waitForSleepers()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        let early = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            try await clock.sleep(for: .seconds(5))
        }
        await #expect(throws: CancellationError.self) { try await early.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func `a problem and its line are there`() async throws {
        let telemetry = try await TestMonitor(.slowLog, environment: ["ENABLE_SLOW_LOG": "perhaps"])
        #expect(telemetry.monitor.problems.map(\.subject) == ["ENABLE_SLOW_LOG"])
        #expect(telemetry.diagnostics.contains { $0.contains("slow-log: off") })
    }

    @Test func `an operation that is still open, and two sets of label names, are seen`() async throws {
        let telemetry = try await TestMonitor()
        let operation = telemetry.monitor.begin(.tool(name: "open"))
        #expect(telemetry.open.map(\.name) == ["execute_tool open"])
        operation.end()
        #expect(telemetry.open.isEmpty)
        telemetry.monitor.observe(.custom("c")) { $0.label("color", "red") }
        telemetry.monitor.observe(.custom("c")) {}
        #expect(telemetry.violations == ["c has two sets of label names: they differ in color"])
    }

    @Test func `an end without a start and a second end are violations`() async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.tool(name: "t")) {}
        let record = try #require(telemetry.operations.first)
        let memory = InMemoryPlugin()
        memory.ended(record)
        memory.started(record)
        memory.ended(record)
        memory.ended(record)
        #expect(memory.violations.contains("execute_tool t ended without having started"))
        #expect(memory.violations.contains("execute_tool t ended twice"))
    }
}
