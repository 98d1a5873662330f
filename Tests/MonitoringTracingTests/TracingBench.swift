import MonitoringCore
import MonitoringExport
import MonitoringTesting
import MonitoringTracing
import Testing

/// A monitor with tracing on, on a manual clock, and a collector that the test scripts.
struct TracingBench {
    let collector: CollectorFake
    let telemetry: TestMonitor

    var monitor: Monitor { telemetry.monitor }

    init(
        _ environment: [String: String] = [:],
        collector: CollectorFake = CollectorFake(),
        _ configure: @escaping @Sendable (inout TracingConfiguration) -> Void = { _ in }
    ) async throws {
        self.collector = collector
        let factory = Monitor.PluginFactory.tracing {
            $0.transport = collector
            configure(&$0)
        }
        let variables = environment.merging(["ENABLE_TRACING": "true"]) { given, _ in given }
        telemetry = try await TestMonitor(factory, environment: Monitor.Environment(variables), samples: false)
    }

    /// Whether tracing is on.
    var isOn: Bool { monitor.plugin(named: "tracing") != nil }

    var ledger: Monitor.Ledger? { monitor.ledger.first { $0.signal == "traces" } }

    /// The codes of the problems that are not the start's business.
    var problems: [Monitor.Problem] { monitor.problems }

    /// Sends what waits, and gives all spans that the collector was sent so far.
    func spans() async -> [JSONValue] {
        await monitor.flush(within: .seconds(5))
        return collector.requests.flatMap(\.spans)
    }

    /// The only span of that name that the collector was sent.
    func span(_ name: String) async throws -> JSONValue {
        let found = await spans().filter { $0["name"] == .string(name) }
        try #require(found.count == 1)
        return found[0]
    }
}
