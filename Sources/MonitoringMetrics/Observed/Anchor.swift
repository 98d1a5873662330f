import MonitoringCore
import Synchronization

/// Where an operation's series hang together: found once, when it starts, by the labels that it starts with.
class Anchor: MetricSeries, @unchecked Sendable {
    /// The labels' values; `nil` where there are too many, so that all belong to the overflow.
    let values: [String]?

    override init(text: consuming LabelText, hash: UInt64) {
        let pairs = text.pairs
        values = pairs.first?.name == "otel_metric_overflow" ? nil : pairs.map(\.value)
        super.init(text: text, hash: hash)
    }

    /// The number under the anchor's labels and more.
    func number(of family: MetricFamilyStorage, _ more: String...) -> NumberSeries {
        guard let values else { return unsafe unsafeDowncast(family.overflowSeries, to: NumberSeries.self) }
        return family.number(LabelValues(values + more))
    }

    /// The histogram under the anchor's labels and more.
    func histogram(of family: MetricFamilyStorage, _ more: String...) -> HistogramSeries {
        guard let values else { return unsafe unsafeDowncast(family.overflowSeries, to: HistogramSeries.self) }
        return family.histogram(LabelValues(values + more))
    }
}

/// An anchor of operations that end with an outcome.
class OutcomeAnchor: Anchor, @unchecked Sendable {
    private final class Ends: Sendable {
        let total: NumberSeries
        let duration: HistogramSeries

        init(total: NumberSeries, duration: HistogramSeries) {
            self.total = total
            self.duration = duration
        }
    }

    private let families: OutcomeFamilies
    private let success = LazySeries<Ends>()
    private let error = LazySeries<Ends>()
    private let cancelled = LazySeries<Ends>()

    init(_ families: OutcomeFamilies, text: consuming LabelText, hash: UInt64) {
        self.families = families
        super.init(text: text, hash: hash)
    }

    /// Counts an operation that ended.
    func count(_ outcome: Monitor.Outcome, seconds: Double) {
        let ends = ends(outcome)
        ends.total.add(1)
        ends.duration.observe(seconds)
    }

    private func ends(_ outcome: Monitor.Outcome) -> Ends {
        func find() -> Ends {
            Ends(
                total: number(of: families.total, outcome.rawValue),
                duration: histogram(of: families.duration, outcome.rawValue)
            )
        }
        switch outcome {
        case .success: return success.get(find)
        case .error: return error.get(find)
        case .cancelled: return cancelled.get(find)
        }
    }
}
