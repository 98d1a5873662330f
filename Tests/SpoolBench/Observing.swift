import MonitoringCore
import MonitoringTracing

/// Whole operations with tracing, delivered, in memory and on files (flight recorder included).
enum Observing {
    static func monitor(_ folder: Bench.Folder?, isDead: Bool = false) async throws -> Monitor {
        var environment = Monitor.Environment([
            "ENABLE_TRACING": "true", "MONITORING_QUIET": "true", "OTEL_SERVICE_NAME": "bench",
            "MONITORING_SPOOL": folder == nil ? "memory" : "process",
        ])
        if let folder { environment = environment.merging("MONITORING_SPOOL_DIR", folder.path) }
        let factory = Monitor.PluginFactory.tracing { $0.transport = AnsweringTransport(isDead: isDead) }
        return try await Monitor.start([factory], environment: environment) { $0.installs = false }
    }

    static func observe(_ monitor: Monitor, _ count: Int) {
        for number in 0..<count {
            monitor.observe(.chat(provider: "anthropic", model: "claude-sonnet-4")) { operation in
                operation[.inputTokens] = number
                operation[.outputTokens] = 7
            }
        }
    }

    static func run() async throws {
        let folder = try Bench.Folder()
        let monitors = [try await monitor(nil), try await monitor(folder)]
        var times: [[Double]] = [[], []]
        for round in 0..<21 {
            for (index, monitor) in monitors.enumerated() {
                let taken = Bench.seconds { observe(monitor, 50_000) }
                if round > 0 { times[index].append(taken * 1e9 / 50_000) }
                await monitor.flush(within: .seconds(10))
            }
        }
        Bench.show("observe, memory", times[0], "ns")
        Bench.show("observe, files and flight recorder", times[1], "ns")
        Bench.show("observe, files to memory", ratioOf: times[1], to: times[0])
        for monitor in monitors { await monitor.shutdown(within: .seconds(5)) }
    }
}

extension Monitor.Environment {
    fileprivate func merging(_ name: String, _ value: String) -> Monitor.Environment { setting(name, to: value) }
}
