import MonitoringCore
import MonitoringExport
import Synchronization

/// An exporter with everything around it under the test's control.
struct DeliveryBench {
    let clock: DeliveryClock
    let queue: DeliveryQueueFake
    let transport: ScriptedTransport
    let exporter: Exporter
    let problems: Problems

    final class Problems: Sendable {
        private let state = Mutex<(all: [Monitor.Problem], acceptances: Int)>(([], 0))
        var all: [Monitor.Problem] { state.withLock { $0.all } }
        var codes: [String] { all.map(\.code) }
        var acceptances: Int { state.withLock { $0.acceptances } }
        /// Decides what is told, as that of a monitor does.
        private let diagnostics: Diagnostics
        init(clock: any MonitoringClock) { diagnostics = Diagnostics(clock: clock, sink: nil) }
        func report(_ problem: Monitor.Problem) { if diagnostics.tell(problem) { add(problem) } }
        func resolve(_ topics: [Diagnostics.Topic], _ end: Monitor.Problem?) {
            if diagnostics.resolve(topics, telling: end), let end { add(end) }
        }
        private func add(_ problem: Monitor.Problem) { state.withLock { $0.all.append(problem) } }
        func accepted() { state.withLock { $0.acceptances += 1 } }
    }

    init(
        _ steps: [ScriptedTransport.Step], endpoint: String = "http://127.0.0.1:4318/v1/traces", random: Double = 1,
        configure: (inout DeliveryPolicy) -> Void = { _ in }
    ) throws {
        let clock = DeliveryClock()
        let problems = Problems(clock: clock)
        var policy = try DeliveryPolicy.example(endpoint)
        configure(&policy)
        self.clock = clock
        self.problems = problems
        queue = DeliveryQueueFake()
        transport = ScriptedTransport(steps, clock: clock)
        exporter = Exporter(
            queue: queue, policy: policy, transport: transport, clock: clock, random: { random },
            report: { problems.report($0) }, resolve: { problems.resolve($0, $1) },
            onFirstAcceptance: { problems.accepted() }
        )
    }

    /// Appends records that are fresh by the bench's clock.
    @discardableResult
    func append(_ count: Int = 1, bytes: Int = 1) -> [Int] {
        queue.append(count, bytes: [UInt8](repeating: 0x72, count: bytes), unixNanoseconds: clock.unixNanoseconds)
    }

    /// Runs the loop during the body.
    func running(_ body: () async throws -> Void) async throws {
        let exporter = exporter
        let loop = Task { await exporter.run() }
        defer { loop.cancel() }
        try await body()
        loop.cancel()
        await loop.value
    }

    /// Whether nothing of a record was lost: each has one outcome or is still queued.
    func adds(upTo produced: Int) -> Bool {
        queue.isEachSettledOnce && queue.settledCount + queue.queued.count == produced
    }
}

extension DeliveryPolicy {
    /// Joins to `[R:r,r]`.
    static func example(_ endpoint: String = "http://127.0.0.1:4318/v1/traces") throws -> DeliveryPolicy {
        DeliveryPolicy(
            endpoint: try Endpoint(endpoint),
            framing: .joined(
                prefix: { Array("[".utf8) + $0 + Array(":".utf8) }, separator: Array(",".utf8),
                suffix: Array("]".utf8)),
            userAgent: DeliveryPolicy.userAgent(version: "1.2.3"),
            words: Words(
                source: "tracing", records: "spans", receiver: "collector",
                endpointVariable: "OTEL_EXPORTER_OTLP_ENDPOINT", credentialVariable: "OTEL_EXPORTER_OTLP_HEADERS",
                offSwitch: "ENABLE_TRACING=false")
        )
    }
}
