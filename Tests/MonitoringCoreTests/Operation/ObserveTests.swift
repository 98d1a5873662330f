import MonitoringCore
import MonitoringTesting
import Testing

struct Refused: Error, Equatable {
    let reason: String
}

@Suite struct ObserveTests {
    @Test func `an async body with a handle returns its value and is told as one operation`() async throws {
        let telemetry = try await TestMonitor()
        let reply = await telemetry.monitor.observe(.chat(provider: "anthropic", model: "claude-sonnet-4")) {
            operation in
            await Task { 41 + 1 }.value + Int(operation[.inputTokens] ?? 0)
        }
        #expect(reply == 42)
        let chat = try #require(telemetry.operation("chat claude-sonnet-4"))
        #expect(chat.outcome == .success && chat.spanKind == .client && chat.parentSpanID == nil)
        #expect(telemetry.operations.count == 1 && telemetry.violations.isEmpty)
    }

    @Test func `all four forms are told`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        _ = await monitor.observe(.tool(name: "a")) { await Task { 1 }.value }
        _ = await monitor.observe(.tool(name: "b")) { operation in await Task { operation.isObserved }.value }
        _ = monitor.observe(.tool(name: "c")) { 1 }
        let isObserved = monitor.observe(.tool(name: "d")) { $0.isObserved }
        #expect(isObserved)
        #expect(telemetry.operations.map(\.name) == ["a", "b", "c", "d"].map { "execute_tool " + $0 })
    }

    @Test func `typed errors pass through and fail the operation`() async throws {
        let telemetry = try await TestMonitor()
        func work() async throws(Refused) -> Int {
            try await telemetry.monitor.observe(.tool(name: "t")) { _ async throws(Refused) in
                throw Refused(reason: "no")
            }
        }
        do throws(Refused) {
            _ = try await work()
            Issue.record("it should have thrown")
        } catch {
            #expect(error == Refused(reason: "no"))
        }
        let tool = try #require(telemetry.operation("execute_tool t"))
        #expect(tool.outcome == .error)
        #expect(tool[.errorType] == "MonitoringCoreTests.Refused")
        #expect(tool.failure?.message == "Refused(reason: \"no\")")
        #expect(tool.events.map(\.name) == ["exception"])
    }

    @Test func `an error is recorded where it first surfaced and not on its way up`() async throws {
        let telemetry = try await TestMonitor()
        try? telemetry.monitor.observe(.agent(name: "lead")) {
            try telemetry.monitor.observe(.tool(name: "t")) { throw Refused(reason: "no") }
        }
        let tool = try #require(telemetry.operation("execute_tool t"))
        let agent = try #require(telemetry.operation("invoke_agent lead"))
        #expect(tool.failure?.surfacedHere == true && tool.events.count == 1)
        #expect(agent.failure?.surfacedHere == false && agent.events.isEmpty)
        #expect(agent.outcome == .error)
    }

    @Test func `a cancelled body is cancelled and not failed`() async throws {
        let telemetry = try await TestMonitor()
        try? telemetry.monitor.observe(.tool(name: "t")) { throw CancellationError() }
        let tool = try #require(telemetry.operation("execute_tool t"))
        #expect(tool.outcome == .cancelled && tool.failure == nil && tool[.errorType] == nil)
    }

    @Test func `a failure that ends in cancellation is a cancellation`() async throws {
        let telemetry = try await TestMonitor()
        try? telemetry.monitor.observe(.tool(name: "t")) { operation in
            operation.fail("quota")
            throw CancellationError()
        }
        let tool = try #require(telemetry.operation("execute_tool t"))
        #expect(tool.outcome == .cancelled && tool.failure == nil && tool[.errorType] == nil)
    }

    @Test func `children find their parent, in child tasks too`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        await monitor.observe(.agent(name: "lead")) {
            await withTaskGroup(of: Void.self) { group in
                for name in ["a", "b", "c"] {
                    group.addTask { monitor.observe(.tool(name: name)) {} }
                }
            }
            await Task { monitor.observe(.tool(name: "d")) {} }.value
        }
        let agent = try #require(telemetry.operation("invoke_agent lead"))
        let tools = telemetry.operations.filter { $0.kind == .tool }
        #expect(tools.count == 4)
        #expect(tools.allSatisfy { $0.parentSpanID == agent.trace.spanID && $0.trace.traceID == agent.trace.traceID })
        #expect(tools.allSatisfy { !$0.parentIsRemote })
    }

    @Test func `the clock gives start, end and duration`() async throws {
        let telemetry = try await TestMonitor()
        let start = telemetry.clock.unixNanoseconds
        telemetry.monitor.observe(.tool(name: "t")) { telemetry.clock.advance(by: .milliseconds(250)) }
        let tool = try #require(telemetry.operation("execute_tool t"))
        #expect(tool.startUnixNanoseconds == start)
        #expect(tool.duration == .milliseconds(250))
        #expect(tool.endUnixNanoseconds == start + 250_000_000)
    }

    @Test func `a wall clock that jumps does not change durations`() async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.tool(name: "t")) {
            telemetry.clock.jump(by: .seconds(3600))
            telemetry.clock.advance(by: .seconds(2))
        }
        #expect(telemetry.operation("execute_tool t")?.duration == .seconds(2))
        let now = telemetry.clock.unixNanoseconds
        telemetry.monitor.observe(.tool(name: "later")) {}
        #expect(telemetry.operation("execute_tool later")?.startUnixNanoseconds == now)
    }

    @Test func `a kind that nobody hears of is not observed`() async throws {
        let telemetry = try await TestMonitor(interest: [.tool])
        let isObserved = telemetry.monitor.observe(.cache(name: "c", operation: "get")) { $0.isObserved }
        #expect(!isObserved && telemetry.operations.isEmpty)
    }

    @Test func `the factory and lazy values are not computed while off`() async {
        var calls = 0
        func count() -> String {
            calls += 1
            return "x"
        }
        Monitor.off.observe(.tool(name: count())) { operation in
            operation.set(.toolDescription, count())
            operation.detail("x", count())
            operation.label("y", count())
            operation.event(count().isEmpty ? "" : "", ["z": count()])
            operation.content("user", count())
        }
        #expect(calls == 1)  // An event's name is an eager argument.
    }

    @Test func `writes after the end are ignored`() async throws {
        let telemetry = try await TestMonitor()
        let kept = telemetry.monitor.observe(.tool(name: "t")) { $0 }
        kept[.toolDescription] = "late"
        kept.event("late")
        kept.fail("late")
        let tool = try #require(telemetry.operation("execute_tool t"))
        #expect(tool[.toolDescription] == nil && tool.events.isEmpty && tool.outcome == .success)
    }

    @Test func `parallel writes to one operation are all kept`() async throws {
        let telemetry = try await TestMonitor()
        await telemetry.monitor.observe(.agent(name: "lead")) { operation in
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<100 { group.addTask { operation.detail("k" + String(index), index) } }
            }
        }
        let agent = try #require(telemetry.operation("invoke_agent lead"))
        #expect((0..<100).allSatisfy { agent[Monitor.Detail<Int>(name: "k" + String($0))] == $0 })
    }

    @Test func `a suppressed body observes nothing and passes nothing on`() async throws {
        let telemetry = try await TestMonitor()
        var headers: [String: String] = [:]
        await telemetry.monitor.observe(.agent(name: "lead")) {
            await Monitor.suppressed {
                telemetry.monitor.observe(.tool(name: "hidden")) { $0.inject(into: &headers) }
                telemetry.monitor.capture("hidden")
                telemetry.monitor.log(.error, "hidden")
            }
        }
        #expect(telemetry.operations.map(\.name) == ["invoke_agent lead"])
        #expect(headers.isEmpty && telemetry.captures.isEmpty && telemetry.logs.isEmpty)
    }

    @Test func `two monitors never see each other`() async throws {
        let first = try await TestMonitor()
        let second = try await TestMonitor()
        await first.run {
            await Monitor.current.observe(.agent(name: "first")) {
                await second.run {
                    Monitor.current.observe(.agent(name: "second")) {
                        first.monitor.observe(.tool(name: "inner")) {}
                    }
                }
            }
        }
        #expect(first.operations.map(\.name) == ["execute_tool inner", "invoke_agent first"])
        #expect(second.operations.map(\.name) == ["invoke_agent second"])
        #expect(second.operations.first?.parentSpanID == nil)
    }

    @Test func `actor state and results that are not sendable stay in their isolation`() async throws {
        final class Box { var value = 0 }
        actor Host {
            var count = 0
            func work(_ monitor: Monitor) async -> Int {
                let box = await monitor.observe(.tool(name: "t")) { () async -> Box in
                    count += 1
                    await Task.yield()
                    let box = Box()
                    box.value = count
                    return box
                }
                return box.value
            }
        }
        let telemetry = try await TestMonitor()
        #expect(await Host().work(telemetry.monitor) == 1)
        #expect(telemetry.operations.count == 1)
    }
}
