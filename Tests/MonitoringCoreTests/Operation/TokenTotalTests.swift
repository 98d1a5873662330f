import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct TokenTotalTests {
    @Test func `an agent's totals include its children's, parallel ones and nested agents too`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        await monitor.observe(.agent(name: "lead")) {
            monitor.observe(.chat(provider: "p", model: "m")) { operation in
                operation[.inputTokens] = 100
                operation[.outputTokens] = 10
                operation[.cacheReadInputTokens] = 60
            }
            await withTaskGroup(of: Void.self) { group in
                for index in 1...8 {
                    group.addTask {
                        monitor.observe(.agent(name: "helper")) {
                            monitor.observe(.custom("step")) {
                                monitor.observe(.chat(provider: "p", model: "m")) { operation in
                                    operation[.inputTokens] = index
                                    operation[.outputTokens] = 1
                                    operation[.reasoningOutputTokens] = 1
                                }
                            }
                        }
                    }
                }
            }
        }
        let lead = try #require(telemetry.operation("invoke_agent lead"))
        #expect(lead[.inputTokens] == 136 && lead[.outputTokens] == 18)
        #expect(lead[.cacheReadInputTokens] == 60 && lead[.reasoningOutputTokens] == 8)
        let helpers = telemetry.operations.filter { $0.name == "invoke_agent helper" }
        #expect(helpers.compactMap { $0[.inputTokens] }.sorted() == Array(1...8))
        #expect(telemetry.operation("step")?[.inputTokens] == nil)
    }

    @Test func `what an agent used itself is added to what its children used`() async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.agent(name: "lead")) { agent in
            agent[.inputTokens] = 5
            telemetry.monitor.observe(.chat(provider: "p", model: "m")) { $0[.inputTokens] = 7 }
        }
        #expect(telemetry.operation("invoke_agent lead")?[.inputTokens] == 12)
    }

    @Test func `failed calls count what they used, and huge counts do not trap`() async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.agent(name: "lead")) {
            for _ in 0..<2 {
                try? telemetry.monitor.observe(.chat(provider: "p", model: "m")) { operation in
                    operation[.inputTokens] = Int.max
                    throw Refused(reason: "late")
                }
            }
        }
        #expect(telemetry.operation("invoke_agent lead")?[.inputTokens] == Int.max)
    }
}
