import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct StartFlagTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let flag: Monitor.Flag
        let environment: [String: String]
        let isOn: Bool
        let says: String
        var testDescription: String { "\(flag.default) \(environment)" }

        init(_ flag: Monitor.Flag, _ environment: [String: String], isOn: Bool, says: String) {
            self.flag = flag
            self.environment = environment
            self.isOn = isOn
            self.says = says
        }
    }

    private static let on = Monitor.Flag.on("ENABLE_SWITCHED")
    private static let off = Monitor.Flag.off("ENABLE_SWITCHED")
    private static let whenSet = Monitor.Flag("ENABLE_SWITCHED", default: .onWhenSet(["SWITCHED_URL"]))
    private static let aliased = Monitor.Flag("ENABLE_SWITCHED", aliases: ["ENABLE_OLD"], default: .off)
    private static let hinted = Monitor.Flag("ENABLE_SWITCHED", hints: ["SWITCHED_URL"])

    static let cases: [Case] = [
        Case(on, [:], isOn: true, says: "ENABLE_SWITCHED is not set, on by default"),
        Case(off, [:], isOn: false, says: "ENABLE_SWITCHED is not set"),
        Case(on, ["ENABLE_SWITCHED": "false"], isOn: false, says: "ENABLE_SWITCHED=false"),
        Case(on, ["ENABLE_SWITCHED": "0"], isOn: false, says: "ENABLE_SWITCHED=false"),
        Case(off, ["ENABLE_SWITCHED": "TRUE"], isOn: true, says: "ENABLE_SWITCHED=true"),
        Case(off, ["ENABLE_SWITCHED": "yes"], isOn: true, says: "ENABLE_SWITCHED=true"),
        Case(off, ["ENABLE_SWITCHED": "on"], isOn: true, says: "ENABLE_SWITCHED=true"),
        Case(off, ["ENABLE_SWITCHED": "maybe"], isOn: false, says: "ENABLE_SWITCHED is not valid"),
        Case(on, ["ENABLE_SWITCHED": "maybe"], isOn: true, says: "ENABLE_SWITCHED is not valid"),
        Case(
            on, ["ENABLE_SWITCHED": "true", "OTEL_SDK_DISABLED": "true"], isOn: false, says: "OTEL_SDK_DISABLED=true"),
        Case(on, ["OTEL_SDK_DISABLED": "TRUE"], isOn: false, says: "OTEL_SDK_DISABLED=true"),
        Case(on, ["OTEL_SDK_DISABLED": "1"], isOn: true, says: "on by default"),
        Case(whenSet, [:], isOn: false, says: "nor is any of SWITCHED_URL"),
        Case(whenSet, ["SWITCHED_URL": "http://a"], isOn: true, says: "SWITCHED_URL is set"),
        Case(
            whenSet, ["SWITCHED_URL": "http://a", "ENABLE_SWITCHED": "no"], isOn: false, says: "ENABLE_SWITCHED=false"),
        Case(aliased, ["ENABLE_OLD": "true"], isOn: true, says: "ENABLE_OLD=true"),
        Case(aliased, ["ENABLE_OLD": "true", "ENABLE_SWITCHED": "false"], isOn: false, says: "ENABLE_SWITCHED=false"),
        Case(hinted, ["SWITCHED_URL": "http://a"], isOn: false, says: "set ENABLE_SWITCHED=true to switch it on"),
    ]

    @Test(arguments: cases)
    func `a flag decides, and the start-up line says why`(_ example: Case) async throws {
        let telemetry = try await TestMonitor(
            .switched(example.flag), environment: Monitor.Environment(example.environment), interest: [])
        #expect((telemetry.monitor.plugin(SwitchedPlugin.self) != nil) == example.isOn)
        let line = try #require(telemetry.diagnostics.first { $0.hasPrefix("[monitoring] switched: ") })
        #expect(
            line.hasPrefix("[monitoring] switched: \(example.isOn ? "on" : "off"), ") && line.contains(example.says))
        #expect(telemetry.monitor.observe(.tool(name: "t")) { $0.isObserved } == example.isOn)
    }

    @Test func `no code switches on what the operator switched off`() async throws {
        let telemetry = try await TestMonitor(
            .switched { $0.level = 7 }, environment: ["ENABLE_SWITCHED": "false"])
        #expect(telemetry.monitor.plugin(SwitchedPlugin.self) == nil)
    }

    @Test(
        arguments: [
            ([:], 1), (["SWITCHED_LEVEL": "2"], 2), (["SWITCHED_LEVEL": "two"], 1),
        ] as [([String: String], Int)])
    func `code over environment over defaults`(_ variables: [String: String], _ level: Int) async throws {
        let environment = Monitor.Environment(variables)
        let told = try await TestMonitor(.switched(.on("ENABLE_SWITCHED")), environment: environment)
        let coded = try await TestMonitor(.switched(.on("ENABLE_SWITCHED")) { $0.level = 7 }, environment: environment)
        for (telemetry, level, saysCode) in [(told, level, false), (coded, 7, true)] {
            #expect(telemetry.monitor.plugin(SwitchedPlugin.self)?.level == level)
            let line = try #require(telemetry.diagnostics.first { $0.hasPrefix("[monitoring] switched: on, ") })
            #expect(line.contains("then code") == saysCode)
        }
    }

    @Test func `with everything disabled context still passes through`() async throws {
        let telemetry = try await TestMonitor(environment: ["OTEL_SDK_DISABLED": "true"])
        let incoming = ["traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "baggage": "a=1"]
        var outgoing: [String: String] = [:]
        telemetry.monitor.observe(.httpServer(method: "GET"), continuing: incoming) { $0.inject(into: &outgoing) }
        #expect(outgoing == incoming && telemetry.operations.isEmpty)
    }

    @Test func `quiet writes nothing and keeps the problems`() async throws {
        let lines = Lines()
        let monitor = try await Monitor.start(
            .switched(),
            environment: ["MONITORING_QUIET": "true", "ENABLE_SWITCHED": "maybe", "MONITORING_CONSOLE": "true"]
        ) {
            $0.installs = false
            $0.diagnosticsSink = { lines.append($0) }
        }
        monitor.observe(.tool(name: "t")) {}
        #expect(lines.all.isEmpty && monitor.problems.map(\.subject) == ["ENABLE_SWITCHED"])
    }
}
