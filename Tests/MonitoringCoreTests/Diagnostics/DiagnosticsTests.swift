import MonitoringCore
import MonitoringTesting
import Synchronization
import Testing

@Suite struct DiagnosticsTests {
    @Test func `a problem is told once and counted`() {
        let lines = Lines()
        let diagnostics = Diagnostics { lines.append($0) }
        for subject in ["a", "a", "b", "a"] {
            diagnostics.report(
                Monitor.Problem(source: "s", code: "c", subject: subject, message: "m \(subject)", fix: "f"))
        }
        #expect(lines.all == ["[monitoring] s: m a; f", "[monitoring] s: m b; f"])
        #expect(diagnostics.occurrences == [3, 1])
    }

    @Test func `a problem that was resolved is told anew, at most once a minute, and its end if it was told`() {
        let lines = Lines()
        let clock = ManualClock()
        let diagnostics = Diagnostics(clock: clock) { lines.append($0) }
        let problem = Monitor.Problem(source: "s", code: "down", message: "down")
        let end = Monitor.Problem(source: "s", code: "up", message: "up")
        for _ in 0..<90 {
            diagnostics.report(problem)
            diagnostics.resolve([Diagnostics.Topic(problem)], telling: end)
            clock.advance(by: .seconds(1))
        }
        #expect(lines.all.map { $0.suffix(2) } == ["wn", "up", "wn", "up"])
        // It is back within the minute, and stays.
        for _ in 0..<90 {
            diagnostics.report(problem)
            clock.advance(by: .seconds(1))
        }
        #expect(lines.all.count == 5 && lines.all.last == "[monitoring] s: down")
        #expect(diagnostics.problems == [problem, end] && diagnostics.occurrences == [180, 2])
        #expect(diagnostics.resolve(source: "s", code: "down", subject: ""))
        #expect(!diagnostics.resolve(source: "s", code: "down", subject: ""))
    }

    @Test func `a flood of different problems stays bounded, which is told once`() {
        let lines = Lines()
        let diagnostics = Diagnostics { lines.append($0) }
        for index in 0..<10_000 {
            diagnostics.report(Monitor.Problem(source: "s", code: "c", subject: String(index), message: "m"))
        }
        #expect(diagnostics.problems.count == 256)
        #expect(lines.all.count == 257 && lines.all.last?.hasSuffix("more problems are not listed") == true)
    }

    @Test(arguments: [
        ("plain é 🔥", "plain é 🔥"), ("a\nb", "a\\nb"), ("\u{1B}[31mred", "\\u{1b}[31mred"), ("\u{202E}x", "\\u{202e}x"),
        ("\u{9B}1m", "\\u{9b}1m"), ("tab\tcr\r", "tab\\tcr\\r"),
    ])
    func `nothing written can move a cursor or forge a line`(_ text: String, _ escaped: String) {
        #expect(TerminalText.escaped(text) == escaped)
    }

    @Test(arguments: [
        ("ENABLE_METRICS", "true", true), ("ENABLE_PROMETHEUS", "yes", true), ("ENABLE_METRICS", "false", false),
        ("SENTRY_DSN", "https://key@example.com/1", true), ("ENABLE_TRACING", "off", false),
    ])
    func `a switch without its plugin is told`(_ name: String, _ value: String, _ isTold: Bool) async throws {
        let telemetry = try await TestMonitor(environment: Monitor.Environment([name: value]))
        let told = telemetry.monitor.problems.filter { $0.code == "not-registered" }
        #expect(told.map(\.subject) == (isTold ? [name] : []))
        #expect(!telemetry.diagnostics.contains { $0.contains("key@") })
    }

    @Test func `no tree is shown with the SDK disabled`() async throws {
        let telemetry = try await TestMonitor(environment: ["OTEL_SDK_DISABLED": "true"]) { $0.console = .always }
        telemetry.monitor.observe(.tool(name: "t")) { #expect(!$0.isObserved) }
        #expect(!telemetry.diagnostics.contains { $0.contains("execute_tool") })
    }

    @Test func `the console shows each finished root as a tree`() async throws {
        let telemetry = try await TestMonitor { $0.console = .always }
        let monitor = telemetry.monitor
        monitor.observe(.agent(name: "lead\u{1B}[2J")) {
            monitor.observe(.chat(provider: "p", model: "m")) { operation in
                operation[.inputTokens] = 12
                telemetry.clock.advance(by: .milliseconds(5))
            }
            try? monitor.observe(.tool(name: "t")) { throw Refused(reason: "no") }
            monitor.observe(.cache(name: "c", operation: "get")) { $0[.cacheHit] = false }
        }
        let tree = try #require(telemetry.diagnostics.last { $0.contains("invoke_agent") })
        #expect(
            tree == """
                invoke_agent lead\\u{1b}[2J  5 ms  in 12
                ├─ chat m  5 ms  in 12
                ├─ execute_tool t  0 µs  ✗ MonitoringCoreTests.Refused: Refused(reason: "no")
                └─ get c  0 µs  miss
                """
        )
    }
}

final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}
