/// What turns operations into telemetry: the one seam of the layer.
///
/// A plugin is made by a ``Monitor/PluginFactory`` when the monitor starts and lives until it is shut down. It says which
/// kinds of operation it wants to hear of, and hears each of these start and end.
///
/// ## Laws
///
/// `started`, `ended`, `captured`, `logged` and `noted` are called synchronously on the caller's thread, from many threads at once.
/// They must not block, do I/O, call the host, or write to the operation; a hook that never returns hangs its caller.
/// Plugins hear a start in the order of their dependencies and an end in the reverse. `PluginConformance` in
/// `MonitoringTesting` checks these laws.
///
/// Every requirement has a default, so that a plugin writes only what it is about.
public protocol MonitoringPlugin: AnyObject, Sendable {
    /// The kinds of operation it wants to hear of. Read once, at the start. Default: none.
    var interest: Monitor.Kinds { get }
    /// The signals besides operations it wants to hear of. Read once, at the start. Default: none.
    var signals: Monitor.PluginSignals { get }
    /// The process's head sampler, if the plugin is it. Of several the first counts. Default: `nil`.
    var sampler: (any Monitor.HeadSampler)? { get }
    /// How much an operation may hold. Of several the first that is not `nil` counts. Default: `nil`.
    var limits: Monitor.Limits? { get }
    /// What the start-up line says besides "on", such as where it sends to; no secrets. Default: empty.
    var startupSummary: String { get }
    /// What it offers to HTTP servers. Default: nothing.
    var endpoints: [Endpoint] { get }
    /// What became of what it produced, one entry a signal. Default: nothing.
    var ledger: [Monitor.Ledger] { get }

    /// An operation started.
    func started(_ operation: Monitor.Record)
    /// An operation ended; it does not change any more.
    func ended(_ operation: Monitor.Record)
    /// The host captured an error or a message.
    func captured(_ capture: Monitor.Capture)
    /// The host logged a line.
    func logged(_ entry: Monitor.LogEntry)
    /// The host left a breadcrumb, in whatever request.
    func noted(_ breadcrumb: Monitor.Breadcrumb)
    /// An earlier process of this service has crashed. Called soon after the start, from a background task.
    func crashed(_ report: Monitor.CrashReport)

    /// Background work: called once after the start, cancelled at shutdown. Default: returns at once.
    ///
    /// - Throws: Whatever makes the work end early; told once.
    func run() async throws
    /// Gets out what waits.
    ///
    /// - Parameter limit: How long it may take.
    /// - Returns: Whether nothing waits any more.
    func flush(within limit: Duration) async -> Bool
    /// Gets out what can be got out and lets go of everything; called once, after which no hook is called.
    ///
    /// - Parameter limit: How long it may take.
    /// - Returns: Whether nothing was left.
    func shutdown(within limit: Duration) async -> Bool
}

extension MonitoringPlugin {
    /// None.
    public var interest: Monitor.Kinds { [] }
    /// None.
    public var signals: Monitor.PluginSignals { [] }
    /// Not the sampler.
    public var sampler: (any Monitor.HeadSampler)? { nil }
    /// No opinion.
    public var limits: Monitor.Limits? { nil }
    /// Nothing to say.
    public var startupSummary: String { "" }
    /// None.
    public var endpoints: [Endpoint] { [] }
    /// None.
    public var ledger: [Monitor.Ledger] { [] }
    /// Does nothing.
    public func started(_ operation: Monitor.Record) {}
    /// Does nothing.
    public func ended(_ operation: Monitor.Record) {}
    /// Does nothing.
    public func captured(_ capture: Monitor.Capture) {}
    /// Does nothing.
    public func logged(_ entry: Monitor.LogEntry) {}
    /// Does nothing.
    public func noted(_ breadcrumb: Monitor.Breadcrumb) {}
    /// Does nothing.
    public func crashed(_ report: Monitor.CrashReport) {}
    /// Returns at once.
    public func run() async throws {}
    /// Nothing waits.
    public func flush(within limit: Duration) async -> Bool { true }
    /// Flushes.
    public func shutdown(within limit: Duration) async -> Bool { await flush(within: limit) }
}

extension Monitor {
    /// What a plugin can hear besides operations.
    public struct PluginSignals: OptionSet, Sendable, Hashable {
        /// One bit a signal.
        public let rawValue: UInt8

        /// Makes a set of its bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Errors and messages captured by hand.
        public static let captures = PluginSignals(rawValue: 1)
        /// Lines logged by hand.
        public static let logs = PluginSignals(rawValue: 2)
        /// Breadcrumbs, as they are left.
        public static let breadcrumbs = PluginSignals(rawValue: 4)
        /// Crashes of earlier processes.
        public static let crashes = PluginSignals(rawValue: 8)
    }
}
