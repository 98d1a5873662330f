import MonitoringCore
import Synchronization

/// All families of a monitor, by the names under which they are exposed.
///
/// Families are never removed. Registering the same one again gives the same; one that contradicts another of its name works
/// for whoever registered it and is not exposed.
@usableFromInline
final class MetricRegistry: Sendable {
    fileprivate struct State {
        var families: [String: MetricFamilyStorage] = [:]
        /// The names that are taken, each with the family that took it.
        var owners: [String: String] = [:]
        var collectors: [@Sendable () -> [CollectedFamily]] = []
    }

    private let state = Mutex(State())
    private let namespace: String
    private let limit: Int
    private let buckets: [String: [Double]]
    private let clock: any MonitoringClock
    private let redactor: Redactor
    private let report: @Sendable (Monitor.Problem) -> Void

    init(_ configuration: MetricsConfiguration, _ context: Monitor.PluginContext) {
        namespace = MetricName.namespace(configuration.namespace)
        limit = configuration.cardinalityLimit
        buckets = configuration.buckets
        clock = context.clock
        redactor = context.redactor
        report = context.report
    }

    /// The family of that name, which is made if it is not there yet.
    ///
    /// - Parameters:
    ///   - name: As the host calls it, without the namespace.
    ///   - help: One sentence for people.
    ///   - kind: What it counts.
    ///   - keys: Its labels, at most four.
    ///   - bounds: The buckets of a histogram, unless the configuration says others.
    ///   - fixedCount: How many series it has room for whatever the limit is.
    /// - Returns: The family; one that is not exposed where another has its name.
    func family(
        _ name: String,
        _ help: String,
        _ kind: MetricKind,
        _ keys: [Monitor.AttributeKey] = [],
        bounds: [Double] = [],
        fixedCount: Int = 0
    ) -> MetricFamilyStorage {
        let exposed = MetricName.family(name, kind, namespace: namespace)
        let descriptor = FamilyDescriptor(exposed, help, kind, keys)
        if let known = state.withLock({ $0.families[exposed] }), known.descriptor.agrees(with: descriptor) {
            return known
        }
        let made = storage(descriptor, buckets[name] ?? buckets[exposed] ?? bounds, limit: max(limit, fixedCount))
        let (family, conflict) = state.withLock { state in state.adopt(made) }
        if let conflict { report(.conflict(descriptor, with: conflict)) }
        return family
    }

    /// Has families computed at every scrape.
    func collect(_ collector: @escaping @Sendable () -> [CollectedFamily]) {
        state.withLock { $0.collectors.append(collector) }
    }

    /// A name under the registry's namespace.
    func exposedName(_ name: String, _ kind: MetricKind) -> String {
        MetricName.family(name, kind, namespace: namespace)
    }

    /// All families that are registered, by name.
    var families: [MetricFamilyStorage] {
        state.withLock { $0.families.values.sorted { $0.descriptor.name < $1.descriptor.name } }
    }

    /// What is computed, of each name the first.
    ///
    /// A name that a host took is the host's.
    var collected: [CollectedFamily] {
        let (collectors, taken) = state.withLock { ($0.collectors, $0.owners) }
        var seen: Set<String> = []
        return collectors.flatMap { $0() }.filter { taken[$0.name] == nil && seen.insert($0.name).inserted }
    }

    private func storage(
        _ descriptor: FamilyDescriptor,
        _ bounds: [Double],
        limit: Int
    ) -> MetricFamilyStorage {
        MetricFamilyStorage(
            descriptor,
            limit: limit,
            redactor: redactor,
            make: series(of: descriptor, bounds),
            onOverflow: { [report] family in report(.overflow(of: family)) }
        )
    }

    private func series(of descriptor: FamilyDescriptor, _ bounds: [Double]) -> MetricFamilyStorage.MakeSeries {
        switch descriptor.kind {
        case .counter, .upDownCounter, .gauge: return { NumberSeries(text: $0, hash: $1) }
        case .reading: return { ReadSeries(source: { .nan }, text: $0, hash: $1) }
        case .histogram:
            let shape = HistogramShape(bounds: checked(bounds, descriptor.name), clock: clock)
            return { HistogramSeries(shape: shape, text: $0, hash: $1) }
        }
    }

    /// A table of what is found by label values and not exposed itself.
    ///
    /// - Parameters:
    ///   - labels: The labels, of which the values are redacted already.
    ///   - make: Makes what is to be found.
    /// - Returns: The table.
    func table(_ labels: [String], make: @escaping MetricFamilyStorage.MakeSeries) -> MetricFamilyStorage {
        let keys = labels.map { Monitor.AttributeKey($0, .enumerated, isLabel: true) }
        let descriptor = FamilyDescriptor("", "", .upDownCounter, keys)
        return MetricFamilyStorage(descriptor, limit: limit, redactor: redactor, make: make, onOverflow: { _ in })
    }

    /// Ascending and finite bounds; what is none is left out, and told.
    private func checked(_ bounds: [Double], _ name: String) -> [Double] {
        let good = Set(bounds.filter(\.isFinite)).sorted().prefix(HistogramBuckets.limit)
        if Array(good) != bounds { report(.badBuckets(of: name, bounds)) }
        return Array(good)
    }
}

extension MetricRegistry.State {
    /// Takes a family in, unless there is one already that is the same or that it contradicts.
    fileprivate mutating func adopt(
        _ new: MetricFamilyStorage
    ) -> (family: MetricFamilyStorage, conflict: FamilyDescriptor?) {
        let name = new.descriptor.name
        if let known = families[name] {
            return known.descriptor.agrees(with: new.descriptor) ? (known, nil) : (new, known.descriptor)
        }
        let reserved = new.descriptor.kind.reservedNames(name)
        if let owner = reserved.compactMap({ owners[$0] }).first, let other = families[owner] {
            return (new, other.descriptor)
        }
        families[name] = new
        for each in reserved { owners[each] = name }
        return (new, nil)
    }
}
