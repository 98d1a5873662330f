import MonitoringCore
import MonitoringTesting
import Testing
import ThirdPartyPlugin

@Suite struct PluginConformanceTests {
    @Test func `a third party's plugin keeps the laws`() async {
        #expect(await PluginConformance.check(.slowLog) == [])
        #expect(await PluginConformance.check(.slowLog { $0.limit = .zero }) == [])
    }

    @Test func `code wins over the environment and the environment over defaults`() async throws {
        let environment: Monitor.Environment = ["ENABLE_SLOW_LOG": "yes", "SLOW_LOG_LIMIT_MS": "100"]
        let told = try await TestMonitor(.slowLog, environment: environment)
        let coded = try await TestMonitor(.slowLog { $0.limit = .milliseconds(500) }, environment: environment)
        for telemetry in [told, coded] {
            telemetry.monitor.observe(.tool(name: "t")) { telemetry.clock.advance(by: .milliseconds(200)) }
        }
        #expect(told.monitor.plugin(SlowLog.self)?.names == ["execute_tool t"])
        #expect(coded.monitor.plugin(SlowLog.self)?.names == [])
        #expect(told.diagnostics.contains { $0.contains("slow-log: on, ENABLE_SLOW_LOG=true") })
        #expect(coded.diagnostics.contains { $0.contains("slow-log: on, ENABLE_SLOW_LOG=true, then code") })
    }

    @Test func `the operator's switch wins over code`() async throws {
        let telemetry = try await TestMonitor(.slowLog { $0.limit = .zero }, environment: ["ENABLE_SLOW_LOG": "false"])
        #expect(telemetry.monitor.plugin(SlowLog.self) == nil)
        #expect(telemetry.diagnostics.contains { $0.contains("slow-log: off, ENABLE_SLOW_LOG=false") })
    }

    @Test func `an unbalanced ledger, doubled endpoints and a deaf shutdown are found`() async {
        final class Careless: MonitoringPlugin {
            var ledger: [Monitor.Ledger] { [Monitor.Ledger(signal: "traces", produced: 3, delivered: 2)] }
            var endpoints: [Endpoint] {
                [
                    .get("slow", .probe) { _ in .text("") }, .get("/a", .probe) { _ in .text("") },
                    .get("/a", .probe) { _ in .text("") },
                ]
            }
        }
        let violations = await PluginConformance.check(.holding(Careless()))
        #expect(violations.contains("the ledger of traces does not add up: it is off by 1"))
        #expect(violations.contains("the path slow does not start with /"))
        #expect(violations.contains("GET /a is offered twice"))
    }

    @Test func `a secret that an endpoint shows is found, and one in a diagnostic is removed by the core`() async throws
    {
        struct Leaky: MonitoringConfiguration {
            static let variables = [Monitor.Variable("LEAKY_TOKEN", meaning: "A token", isSecret: true)]
            var token = ""
            mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
                token = environment["LEAKY_TOKEN"] ?? ""
                report(Monitor.Problem(source: "leaky", code: "bad", subject: token, message: "bad token \(token)"))
            }
        }
        final class Plugin: MonitoringPlugin {
            let token: String
            init(_ token: String) { self.token = token }
            var startupSummary: String { "token \(token)" }
            var endpoints: [Endpoint] { [.get("/token", .sensitive) { [token] _ in .text(token) }] }
        }
        let configure: @Sendable (inout Leaky) -> Void = { _ in }
        let factory = Monitor.PluginFactory("leaky", flag: .on("ENABLE_LEAKY"), configure: configure) { settings, _ in
            Plugin(settings.token)
        }
        #expect(await PluginConformance.check(factory) == ["/token shows the secret LEAKY_TOKEN"])
        let telemetry = try await TestMonitor(factory, environment: ["LEAKY_TOKEN": "s3cr3t-words"])
        #expect(telemetry.diagnostics.contains { $0.contains("bad token") })
        #expect(!telemetry.diagnostics.contains { $0.contains("s3cr3t") })
        #expect(!telemetry.monitor.problems.description.contains("s3cr3t"))
    }
}
