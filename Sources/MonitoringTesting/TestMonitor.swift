public import MonitoringCore

/// A monitor of a test's own: it keeps what was said, stands on a clock that the test moves, and sees nothing of other
/// tests.
///
/// ```swift
/// let telemetry = try await TestMonitor()
/// try await telemetry.run { try await agent.answer("why?") }
/// let chat = try #require(telemetry.operation("chat claude-sonnet-4"))
/// #expect(chat[.outputTokens] == 7 && telemetry.violations.isEmpty)
/// ```
public struct TestMonitor: Sendable {
    /// The monitor to give to what is tested.
    public let monitor: Monitor
    /// The clock it stands on.
    public let clock: ManualClock
    private let memory: InMemoryPlugin
    private let lines: LineSink

    /// Starts a monitor that does not become `Monitor.current` for others.
    ///
    /// - Parameters:
    ///   - factories: Plugins to start besides the one that keeps everything.
    ///   - environment: The variables; the process's are not read.
    ///   - interest: The kinds that are kept.
    ///   - samples: Whether everything is sampled, unless another plugin decides.
    ///   - clock: The clock to stand on.
    ///   - configure: More settings.
    /// - Throws: Under `MONITORING_STRICT=true`: every problem found.
    public init(
        _ factories: Monitor.PluginFactory...,
        environment: Monitor.Environment = [:],
        interest: Monitor.Kinds = .all,
        samples: Bool = true,
        clock: ManualClock = ManualClock(),
        configure: (inout Monitor.Configuration) -> Void = { _ in }
    ) async throws(Monitor.StartError) {
        let memory = InMemoryPlugin(interest: interest, samples: samples)
        let lines = LineSink()
        self.memory = memory
        self.clock = clock
        self.lines = lines
        // Another plugin's sampler comes before that of the memory.
        monitor = try await Monitor.start(factories + [.holding(memory)], environment: environment) { configuration in
            configuration.installs = false
            configuration.clock = clock
            configuration.ids = SequentialIDGenerator()
            configuration.diagnosticsSink = { lines.append($0) }
            configure(&configuration)
        }
    }

    /// Runs a body in which the monitor is `Monitor.current`.
    public func run<R, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        try await monitor.withCurrent(body)
    }

    /// The operations that ended, in the order of their ends.
    public var operations: [Monitor.Record] { memory.operations }

    /// The first ended operation of that name.
    public func operation(_ name: String) -> Monitor.Record? { memory.operations.first { $0.name == name } }

    /// The operations that started and did not end.
    public var open: [Monitor.Record] { memory.open }

    /// What was captured by hand.
    public var captures: [Monitor.Capture] { memory.captures }

    /// What was logged by hand.
    public var logs: [Monitor.LogEntry] { memory.logs }

    /// The crashes of earlier processes.
    public var crashes: [Monitor.CrashReport] { memory.crashes }

    /// What was written for people: start-up lines and problems.
    public var diagnostics: [String] { lines.all }

    /// What was wrong with the lives of operations; empty when all is well.
    public var violations: [String] { memory.violations }

    /// The name of an operation's parent; `nil` for a root and for a parent in another process.
    public func parent(of operation: Monitor.Record) -> Monitor.Record? {
        (memory.operations + memory.open).first { $0.trace.spanID == operation.parentSpanID }
    }

    /// The ended operations as an indented tree of names, siblings in the order of their ends.
    public var tree: String {
        let ended = memory.operations
        var result: [String] = []
        func add(_ record: Monitor.Record, depth: Int) {
            result.append(String(repeating: "  ", count: depth) + record.name)
            for child in ended where child.parentSpanID == record.trace.spanID { add(child, depth: depth + 1) }
        }
        let ids = Set(ended.map(\.trace.spanID))
        for record in ended where record.parentSpanID.map({ !ids.contains($0) }) ?? true { add(record, depth: 0) }
        return result.joined(separator: "\n")
    }
}
