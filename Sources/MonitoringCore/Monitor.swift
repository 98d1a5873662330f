internal import CMonitoringShims
public import Synchronization

/// The one thing a host talks to: it says once what happened, and the plugins that are on make telemetry of it.
///
/// ```swift
/// let monitor = try await Monitor.start(.tracing)
///
/// let reply = try await monitor.observe(.chat(provider: "anthropic", model: "claude-sonnet-4")) { operation in
///     let reply = try await client.complete(prompt)
///     operation[.inputTokens] = reply.usage.input
///     return reply
/// }
/// ```
///
/// Before its start and after its shutdown every call is the off path: one atomic load and a branch. Nothing that it is
/// told or configured with stops the host.
public final class Monitor: Sendable {
    /// The kinds that some plugin hears of: all that the hot path reads.
    ///
    /// Zero while off.
    @usableFromInline let interest: Atomic<UInt32>

    package let clock: any MonitoringClock
    package let redactor: Redactor
    package let recordLimit: Int
    package let capturesContent: Bool
    /// Who this process is: what is sent with every batch.
    public let resource: Resource

    let plugins: PluginList
    let diagnostics: Diagnostics
    let baseScope: Scope
    let customIDs: (any MonitoringIDGenerator)?
    let propagationTargets: PropagationTargets
    let propagators: Set<Propagator>
    let lifecycle: Lifecycle
    private let isRunning: Atomic<Bool>
    private let forkGeneration: UInt32
    private let wallClock: WallClock

    /// A bit that is no kind of operation.
    private static let scopesBit: UInt32 = 1 << 31

    init(_ parts: Parts) {
        let plugins = PluginList(parts.plugins)
        self.plugins = plugins
        self.clock = parts.clock
        self.redactor = parts.redactor
        self.recordLimit = parts.recordLimit
        self.capturesContent = parts.capturesContent
        self.resource = parts.resource
        self.diagnostics = parts.diagnostics
        self.baseScope = Scope(redactor: parts.redactor)
        self.customIDs = parts.ids
        self.propagationTargets = parts.propagationTargets
        self.propagators = parts.propagators
        self.lifecycle = Lifecycle()
        // A plugin that hears captures alone needs scopes, and so the slow path, though it hears of no operation.
        let scopes = plugins.hears.isEmpty ? 0 : Self.scopesBit
        self.interest = Atomic(parts.isOn ? plugins.interest.rawValue | scopes : 0)
        self.isRunning = Atomic(parts.isOn)
        self.forkGeneration = monitoring_fork_generation()
        self.wallClock = WallClock(parts.clock)
        monitoring_process_prepare()
    }

    /// What a monitor is made of.
    struct Parts {
        var plugins: [(name: String, plugin: any MonitoringPlugin)] = []
        var clock: any MonitoringClock = SystemClock()
        var redactor: Redactor
        var recordLimit = 1 << 20
        var capturesContent = false
        var resource = Resource()
        var diagnostics: Diagnostics
        var ids: (any MonitoringIDGenerator)?
        var propagationTargets = PropagationTargets()
        var propagators = Set(Propagator.allCases)
        var isOn = true
    }

    /// A monitor that is off: every call on it does nothing.
    public static let off = Monitor(
        Parts(redactor: Redactor(), diagnostics: Diagnostics(sink: nil), isOn: false)
    )

    /// The monitor that a library uses which was not given one: the task's own (see ``withCurrent(_:)``), else the one that
    /// was started last, else ``off``.
    public static var current: Monitor {
        let binding = Binding.current
        return binding.frame?.monitor ?? binding.record?.monitor ?? Installed.monitor ?? off
    }

    /// False before the start, after the shutdown, and in a forked child.
    var isOn: Bool { isRunning.load(ordering: .relaxed) && isInOwnProcess }

    /// False in a child that was forked since the start: everything here belongs to the parent.
    package var isInOwnProcess: Bool { monitoring_fork_generation() == forkGeneration }

    /// The wall clock in Unix nanoseconds.
    package func unixNow() -> UInt64 { clock.unixNanoseconds }

    /// The wall time that belongs to a monotonic time of now.
    func unixNanoseconds(atMonotonic monotonic: UInt64) -> UInt64 {
        wallClock.unixNanoseconds(atMonotonic: monotonic, clock)
    }

    /// No operation starts any more; those that run are still heard until ``turnOff()``.
    func stopStarting() { interest.store(0, ordering: .relaxed) }

    func turnOff() { isRunning.store(false, ordering: .relaxed) }

    func notifyEnded(_ record: Record) {
        guard isOn else { return }
        plugins.notifyEnded(record, clock: clock, diagnostics: diagnostics)
    }
}

extension Monitor {
    /// What is wrong with the monitoring itself, each problem once, in the order in which they came.
    public var problems: [Problem] { diagnostics.problems }

    /// What became of everything produced, one entry a plugin and signal.
    public var ledger: [Ledger] { plugins.slots.flatMap(\.plugin.ledger) }

    /// What the plugins offer to HTTP servers.
    public var endpoints: [Endpoint] { plugins.slots.flatMap(\.plugin.endpoints) }

    /// The plugin of that type, when it is on.
    public func plugin<P: MonitoringPlugin>(_ type: P.Type) -> P? {
        for slot in plugins.slots {
            if let plugin = slot.plugin as? P { return plugin }
        }
        return nil
    }

    /// The plugin of that name, when it is on.
    public func plugin(named name: String) -> (any MonitoringPlugin)? {
        plugins.slots.first { $0.name == name }?.plugin
    }
}
