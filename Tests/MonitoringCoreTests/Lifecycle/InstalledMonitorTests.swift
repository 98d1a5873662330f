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

/// What belongs to the whole process, each in a process of its own.
@Suite struct InstalledMonitorTests {
    @Test func `the monitor that was started is the current one, in every task`() async {
        await #expect(processExitsWith: .success) {
            #expect(Monitor.current === Monitor.off)
            let memory = InMemoryPlugin()
            let monitor = try await Monitor.start(.holding(memory), environment: [:])
            #expect(Monitor.current === monitor)
            await Task.detached { Monitor.current.observe(.tool(name: "library")) {} }.value
            #expect(memory.operations.map(\.name) == ["execute_tool library"])
            await monitor.shutdown()
            #expect(!Monitor.current.observe(.tool(name: "late")) { $0.isObserved })
        }
    }

    @Test func `a monitor that is not installed does not become the current one`() async {
        await #expect(processExitsWith: .success) {
            let memory = InMemoryPlugin()
            let monitor = try await Monitor.start(.holding(memory), environment: [:]) { $0.installs = false }
            #expect(Monitor.current === Monitor.off)
            await monitor.withCurrent { Monitor.current.observe(.tool(name: "inside")) {} }
            #expect(memory.operations.count == 1)
        }
    }

    @Test func `inside an operation its own monitor is the current one`() async {
        await #expect(processExitsWith: .success) {
            let installed = try await Monitor.start(.holding(InMemoryPlugin()), environment: [:])
            let other = try await Monitor.start(.holding(InMemoryPlugin()), environment: [:]) { $0.installs = false }
            other.observe(.agent(name: "a")) { #expect(Monitor.current === other) }
            await other.withCurrent {
                installed.observe(.agent(name: "a")) { #expect(Monitor.current === other) }
            }
            #expect(Monitor.current === installed)
        }
    }

    @Test func `a second start takes over and tells a notice; after a shutdown it does not`() async {
        await #expect(processExitsWith: .success) {
            let lines = Lines()
            let first = try await Monitor.start(.holding(InMemoryPlugin()), environment: [:])
            let second = try await Monitor.start(.holding(InMemoryPlugin()), environment: [:]) {
                $0.diagnosticsSink = { lines.append($0) }
            }
            #expect(Monitor.current === second && first.observe(.tool(name: "t")) { $0.isObserved })
            #expect(second.problems.map(\.code) == ["started-twice"] && second.problems.first?.severity == .notice)
            #expect(lines.all.filter { $0.contains("running already") }.count == 1)
            await second.shutdown()
            let third = try await Monitor.start(.holding(InMemoryPlugin()), environment: [:])
            #expect(third.problems.isEmpty && Monitor.current === third)
        }
    }

    @Test func `what is captured and logged before the start is told as lost, once`() async {
        await #expect(processExitsWith: .success) {
            let lines = Lines()
            Monitor.current.capture("early")
            Monitor.current.capture(Refused(reason: "early"))
            Monitor.current.log(.error, "early")
            await Monitor.suppressed { Monitor.current.observe(.tool(name: "t")) {} }
            let first = try await Monitor.start(environment: [:]) { $0.diagnosticsSink = { lines.append($0) } }
            #expect(first.problems.map(\.code) == ["before-start"])
            #expect(lines.all.contains { $0.contains("2 captures and 1 log lines came before Monitor.start") })
            Monitor.off.capture("after")
            let second = try await Monitor.start(environment: [:])
            #expect(!second.problems.contains { $0.code == "before-start" })
        }
    }

    @Test func `many tasks start, use and stop monitors at once`() async {
        await #expect(processExitsWith: .success) {
            let (heard, expected) = await withTaskGroup(of: (Int, Int).self) { group in
                for index in 0..<64 {
                    group.addTask {
                        let memory = InMemoryPlugin()
                        guard let monitor = try? await Monitor.start(.holding(memory), environment: [:]) else {
                            return (0, 1)
                        }
                        for _ in 0..<10 { monitor.observe(.tool(name: "own")) { Monitor.current.log(.info, "l") } }
                        Monitor.current.observe(.tool(name: "somebody's")) {}
                        let own = memory.operations.filter { $0.name == "execute_tool own" }.count
                        if index.isMultiple(of: 2) { #expect(await monitor.shutdown(within: .seconds(30))) }
                        return (own, 10)
                    }
                }
                return await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
            }
            #expect(heard == expected)
        }
    }

    @Test func `many tasks stop one monitor, which stops once`() async {
        await #expect(processExitsWith: .success) {
            let monitor = try await Monitor.start(.switched(.on("ENABLE_SWITCHED")), environment: [:])
            let plugin = try #require(monitor.plugin(SwitchedPlugin.self))
            let answers = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 { group.addTask { await monitor.shutdown(within: .seconds(30)) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: true, count: 64))
            #expect(plugin.stopped.load(ordering: .relaxed) == 1)
        }
    }

    @Test func `a process that never stops its monitor ends as it would without`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let monitor = try await Monitor.start(.switched(.on("ENABLE_SWITCHED")), environment: [:])
            _ = monitor.begin(.agent(name: "open"))
            _ = monitor.observeStream(.chat(provider: "p", model: "m"), AsyncStream<Int> { $0.yield(1) })
            monitor.observe(.tool(name: "t")) { exit(7) }
        }
    }
}
