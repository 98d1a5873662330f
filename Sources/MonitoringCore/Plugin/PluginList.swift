internal import CMonitoringShims
internal import Synchronization

/// The plugins of a monitor, in the order in which they start: fixed from the start to the end.
struct PluginList: Sendable {
    struct Slot: Sendable {
        let name: String
        let plugin: any MonitoringPlugin
        let interest: Monitor.Kinds
        let hears: Monitor.PluginSignals
        let slowness = Slowness()
    }

    /// How often a plugin was found slow.
    final class Slowness: Sendable {
        let samples = Atomic(0)
    }

    let slots: ContiguousArray<Slot>
    let interest: Monitor.Kinds
    let hears: Monitor.PluginSignals
    let sampler: (any Monitor.HeadSampler)?
    let limits: Monitor.Limits

    /// A hook that takes longer is slow.
    static let slowHookNanoseconds: UInt64 = 1_000_000
    /// A plugin that was slow as often is named.
    ///
    /// Once may be the machine's doing: the thread was taken off its processor.
    static let slowSampleLimit = 3

    init(_ plugins: [(name: String, plugin: any MonitoringPlugin)]) {
        slots = ContiguousArray(
            plugins.map {
                Slot(name: $0.name, plugin: $0.plugin, interest: $0.plugin.interest, hears: $0.plugin.signals)
            }
        )
        interest = slots.reduce(into: []) { $0.formUnion($1.interest) }
        hears = slots.reduce(into: []) { $0.formUnion($1.hears) }
        sampler = plugins.lazy.compactMap(\.plugin.sampler).first
        limits = plugins.lazy.compactMap(\.plugin.limits).first ?? Monitor.Limits()
    }

    func notifyStarted(_ record: Monitor.Record, clock: any MonitoringClock, diagnostics: Diagnostics) {
        for slot in slots where !slot.interest.isDisjoint(with: record.kind) {
            Self.timed(slot, clock, diagnostics) { slot.plugin.started(record) }
        }
    }

    func notifyEnded(_ record: Monitor.Record, clock: any MonitoringClock, diagnostics: Diagnostics) {
        for slot in slots.reversed() where !slot.interest.isDisjoint(with: record.kind) {
            Self.timed(slot, clock, diagnostics) { slot.plugin.ended(record) }
        }
    }

    /// Calls a hook, and times one call in 64 of this thread.
    @inline(__always)
    private static func timed(
        _ slot: Slot,
        _ clock: any MonitoringClock,
        _ diagnostics: Diagnostics,
        _ hook: () -> Void
    ) {
        guard monitoring_hook_is_timed() != 0 else { return hook() }
        let start = clock.monotonicNanoseconds
        hook()
        let taken = clock.monotonicNanoseconds &- start
        guard taken > slowHookNanoseconds else { return }
        let samples = slot.slowness.samples.wrappingAdd(1, ordering: .relaxed).newValue
        guard samples >= slowSampleLimit else { return }
        diagnostics.report(
            Monitor.Problem(
                source: "core",
                code: "slow-plugin",
                subject: slot.name,
                message:
                    "the plugin \(slot.name) took \(taken / 1_000_000) ms in a hook, on the host's own thread, "
                    + "and not for the first time",
                fix: "its hooks must not block; hand work to its run() instead",
                severity: .notice
            )
        )
    }
}
