import MonitoringCore
import MonitoringTesting
import Synchronization
import Testing

@Suite struct PluginHookTests {
    final class Journal: Sendable {
        let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    final class Noting: MonitoringPlugin {
        let name: String
        let journal: Journal
        let interest: Monitor.Kinds
        init(_ name: String, _ journal: Journal, interest: Monitor.Kinds = .all) {
            (self.name, self.journal, self.interest) = (name, journal, interest)
        }
        func started(_ operation: Monitor.Record) { journal.add("\(name) started") }
        func ended(_ operation: Monitor.Record) { journal.add("\(name) ended") }
    }

    private func factory(_ name: String, _ journal: Journal, requires: [String] = []) -> Monitor.PluginFactory {
        Monitor.PluginFactory(name, flag: .on("ENABLE_\(name)"), requires: requires) { _ in Noting(name, journal) }
    }

    @Test func `plugins hear a start in the order of their dependencies and an end in the reverse`() async throws {
        let journal = Journal()
        let telemetry = try await TestMonitor(
            factory("A", journal, requires: ["C"]), factory("B", journal), factory("C", journal)
        )
        telemetry.monitor.observe(.tool(name: "t")) {}
        #expect(
            journal.lines.withLock { $0 }
                == ["B started", "C started", "A started", "A ended", "C ended", "B ended"]
        )
    }

    @Test func `a plugin whose requirement is missing is off, and one given twice counts once`() async throws {
        let journal = Journal()
        let telemetry = try await TestMonitor(
            factory("A", journal, requires: ["Z"]), factory("B", journal), factory("B", journal)
        )
        telemetry.monitor.observe(.tool(name: "t")) {}
        #expect(journal.lines.withLock { $0 } == ["B started", "B ended"])
        #expect(telemetry.diagnostics.contains { $0.contains("A: off, it needs Z") })
        #expect(telemetry.monitor.problems.map(\.code) == ["plugin-twice"])
    }

    @Test func `plugins that require each other are told and left off`() async throws {
        let journal = Journal()
        let telemetry = try await TestMonitor(
            factory("A", journal, requires: ["B"]), factory("B", journal, requires: ["A"]))
        #expect(telemetry.monitor.problems.map(\.code) == ["plugin-cycle"])
    }

    @Test func `a plugin hears only of the kinds it asked for`() async throws {
        let journal = Journal()
        let telemetry = try await TestMonitor(.holding(Noting("N", journal, interest: [.cache]), name: "n"))
        telemetry.monitor.observe(.tool(name: "t")) {
            telemetry.monitor.observe(.cache(name: "c", operation: "get")) {}
        }
        #expect(journal.lines.withLock { $0 } == ["N started", "N ended"])
    }

    final class Slow: MonitoringPlugin {
        let interest: Monitor.Kinds = .all
        let clock: ManualClock
        init(_ clock: ManualClock) { self.clock = clock }
        func ended(_ operation: Monitor.Record) { clock.advance(by: .milliseconds(7)) }
    }

    @Test func `a slow plugin is named once`() async throws {
        let clock = ManualClock()
        let telemetry = try await TestMonitor(.holding(Slow(clock), name: "sloth"), clock: clock)
        for _ in 0..<1000 { telemetry.monitor.observe(.tool(name: "t")) {} }
        let problems = telemetry.monitor.problems
        #expect(problems.map(\.code) == ["slow-plugin"] && problems.first?.subject == "sloth")
        #expect(problems.first?.severity == .notice)
        #expect(telemetry.diagnostics.filter { $0.contains("sloth took 7 ms") }.count == 1)
    }

    @Test func `a plugin that was found slow twice is not named`() async throws {
        // 15 operations are 60 hooks of both plugins, of which at most two are timed.
        for _ in 0..<60 {
            let clock = ManualClock()
            let telemetry = try await TestMonitor(.holding(Slow(clock), name: "sloth"), clock: clock)
            for _ in 0..<15 { telemetry.monitor.observe(.tool(name: "t")) {} }
            #expect(telemetry.monitor.problems.isEmpty)
        }
    }

    @Test func `the sampler decides once a trace, before any plugin hears`() async throws {
        final class Sampler: MonitoringPlugin, Monitor.HeadSampler {
            let asked = Mutex<[String]>([])
            var sampler: (any Monitor.HeadSampler)? { self }
            func decide(_ request: Monitor.SamplingRequest) -> Monitor.SamplingDecision {
                asked.withLock { $0.append(request.name.description) }
                return Monitor.SamplingDecision(
                    isSampled: request.name.subject == "yes",
                    attributes: [
                        Monitor.Attribute(Monitor.AttributeKey("sampler.p", .number, isLabel: false), .double(0.5))
                    ]
                )
            }
        }
        let sampler = Sampler()
        let telemetry = try await TestMonitor(.holding(sampler, name: "sampler"))
        for name in ["yes", "no"] {
            telemetry.monitor.observe(.agent(name: name)) { telemetry.monitor.observe(.tool(name: "t")) {} }
        }
        #expect(sampler.asked.withLock { $0 } == ["invoke_agent yes", "invoke_agent no"])
        #expect(telemetry.operations.map(\.isSampled) == [true, true, false, false])
        #expect(telemetry.operations[1][Monitor.Detail<Double>(name: "sampler.p")] == 0.5)
    }
}
