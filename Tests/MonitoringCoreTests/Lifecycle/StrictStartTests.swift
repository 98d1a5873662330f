import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct StrictStartTests {
    private static let wrong: [String: String] = [
        "ENABLE_SWITCHED": "maybe", "SWITCHED_LEVEL": "two", "MONITORING_CONSOLE": "perhaps",
        "OTEL_PROPAGATORS": "b3,jaeger",
    ]

    private func start(_ variables: [String: String]) async throws(Monitor.StartError) -> TestMonitor {
        try await TestMonitor(
            .switched(.on("ENABLE_SWITCHED")), .unmakeable("first"), .unmakeable("second"),
            environment: Monitor.Environment(variables)
        )
    }

    @Test func `a host starts whatever is wrong, and every problem is listed`() async throws {
        let telemetry = try await start(Self.wrong)
        let subjects = telemetry.monitor.problems.map(\.subject)
        for name in Self.wrong.keys { #expect(subjects.contains(name)) }
        #expect(telemetry.monitor.problems.filter { $0.code == "unmakeable" }.map(\.source) == ["first", "second"])
        #expect(telemetry.monitor.plugin(SwitchedPlugin.self)?.level == 1)
        #expect(telemetry.diagnostics.contains("[monitoring] first: off, it could not be made"))
        #expect(telemetry.monitor.observe(.tool(name: "t")) { $0.isObserved })
    }

    @Test func `a strict start throws every problem that is more than a notice`() async throws {
        let told = try await start(Self.wrong).monitor.problems.filter { $0.severity > .notice }
        #expect(told.count >= 4)
        let error = await #expect(throws: Monitor.StartError.self) {
            _ = try await start(Self.wrong.merging(["MONITORING_STRICT": "true"]) { $1 })
        }
        #expect(error?.problems == told)
        let description = try #require(error?.description)
        #expect(told.allSatisfy { description.contains($0.message) && description.contains($0.fix) })
    }

    @Test func `a strict start with nothing wrong, or with notices alone, starts`() async throws {
        _ = try await TestMonitor(.switched(), environment: ["MONITORING_STRICT": "true"])
        let noticed = try await TestMonitor(
            .switched(Monitor.Flag("ENABLE_SWITCHED", aliases: ["ENABLE_OLD"])),
            environment: ["MONITORING_STRICT": "true", "ENABLE_SWITCHED": "1", "ENABLE_OLD": "0"]
        )
        #expect(!noticed.monitor.problems.isEmpty)
        #expect(noticed.monitor.problems.allSatisfy { $0.severity == .notice })
    }

    @Test func `code can ask for a strict start too`() async {
        await #expect(throws: Monitor.StartError.self) {
            _ = try await TestMonitor(.unmakeable("first")) { $0.isStrict = true }
        }
    }
}
