import MonitoringCore
import Synchronization

/// A family and its series: finds them without a lock, makes them in constant time, and never more than its limit.
///
/// Beyond the limit everything goes to one series more, `{otel_metric_overflow="true"}`, so that the sum over the family
/// stays true. All series are of the class that ``FamilyDescriptor/kind`` says.
@usableFromInline
final class MetricFamilyStorage: Sendable {
    typealias MakeSeries = @Sendable (consuming LabelText, UInt64) -> MetricSeries

    private struct State {
        var series: [MetricSeries] = []
        var overflow: MetricSeries?
    }

    let descriptor: FamilyDescriptor
    /// The most series besides that of the overflow.
    let limit: Int
    private let make: MakeSeries
    private let frame: LabelFrame
    private let redactor: Redactor
    private let onOverflow: @Sendable (MetricFamilyStorage) -> Void
    private let table = SeriesTable()
    private let state = Mutex(State())
    private let hasOverflowed = Atomic(false)

    /// - Parameters:
    ///   - descriptor: What the family is.
    ///   - limit: The most series besides that of the overflow.
    ///   - redactor: The gate that labels' values pass.
    ///   - make: Makes a series; nothing of the family may be called from it.
    ///   - onOverflow: Called when a series did not fit, the first time.
    init(
        _ descriptor: FamilyDescriptor,
        limit: Int,
        redactor: Redactor,
        make: @escaping MakeSeries,
        onOverflow: @escaping @Sendable (MetricFamilyStorage) -> Void
    ) {
        self.descriptor = descriptor
        self.limit = max(limit, 1)
        self.redactor = redactor
        self.make = make
        self.onOverflow = onOverflow
        frame = LabelFrame(names: descriptor.labelNames)
    }

    /// The series with these values, which is made if it is not there yet.
    func series(_ values: LabelValues) -> MetricSeries {
        existing(values) ?? madeSeries(values, make)
    }

    /// The series with these values, if there is one.
    func existing(_ values: LabelValues) -> MetricSeries? { find(values, values.hash()) }

    /// The series that stands for all that are too many, for what was told apart before it came here.
    var overflowSeries: MetricSeries {
        let series = state.withLock { state in overflow(&state) }
        noteOverflow()
        return series
    }

    /// Has the series with these values read from the host from now on.
    ///
    /// Only for a family that is read.
    func read(_ values: LabelValues, from source: @escaping @Sendable () -> Double) {
        let series = madeSeries(values) { ReadSeries(source: source, text: $0, hash: $1) }
        (series as? ReadSeries)?.read = source
    }

    /// The series so far, in the order in which they were made, that of the overflow last.
    var snapshot: [MetricSeries] {
        state.withLock { state in state.overflow.map { state.series + [$0] } ?? state.series }
    }

    /// How many series there are, that of the overflow not counted.
    var count: Int { state.withLock(\.series.count) }

    /// Whether something did not fit.
    var isOverflowing: Bool { hasOverflowed.load(ordering: .relaxed) }

    @inline(__always)
    private func find(_ values: LabelValues, _ hash: UInt64) -> MetricSeries? {
        table.find(hash) { $0.text.hold(values, in: frame) }
    }

    /// The series of values that were not found as they came: looked for again as they are exposed, then made.
    private func madeSeries(
        _ values: LabelValues,
        _ make: MakeSeries
    ) -> MetricSeries {
        let clean = values.map { ExposedValue.make($1, key: descriptor.keys[$0], redactor) }
        let hash = clean.hash()
        if let found = find(clean, hash) { return found }
        let (series, isOver) = state.withLock { state -> (MetricSeries, Bool) in
            if let found = find(clean, hash) { return (found, false) }
            guard state.series.count >= limit else {
                let series = make(LabelText(names: descriptor.labelNames, escaped: clean), hash)
                state.series.append(series)
                table.insert(series)
                return (series, false)
            }
            return (overflow(&state), true)
        }
        if isOver { noteOverflow() }
        return series
    }

    private func overflow(_ state: inout State) -> MetricSeries {
        if let overflow = state.overflow { return overflow }
        let overflow = make(.overflow, 0)
        state.overflow = overflow
        return overflow
    }

    private func noteOverflow() {
        if !hasOverflowed.exchange(true, ordering: .relaxed) { onOverflow(self) }
    }
}

extension MetricFamilyStorage {
    /// What an instrument holds on to.
    @usableFromInline
    func handle(_ values: LabelValues) -> MetricHandle { MetricHandle(series(values)) }

    /// The series of a family of numbers.
    func number(_ values: LabelValues) -> NumberSeries { unsafe unsafeDowncast(series(values), to: NumberSeries.self) }

    /// The series of a family of histograms.
    func histogram(_ values: LabelValues) -> HistogramSeries {
        unsafe unsafeDowncast(series(values), to: HistogramSeries.self)
    }

    /// How many different values each label has, in the order of the labels.
    var distinctValues: [Int] {
        var values = [Set<String>](repeating: [], count: descriptor.labelNames.count)
        for series in state.withLock(\.series) {
            for (index, pair) in series.text.pairs.enumerated() where index < values.count {
                values[index].insert(pair.value)
            }
        }
        return values.map(\.count)
    }
}
