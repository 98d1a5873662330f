/// What a family has one of for each set of label values: a counter, an up-down counter, a gauge, a histogram or a timer.
///
/// Only this module's types conform.
public protocol MetricInstrument: Sendable {
    /// The instrument of a series; `nil` where metrics are off.
    init(_ handle: MetricHandle)
}

/// What an instrument holds on to: a series, or nothing where metrics are off.
public struct MetricHandle: Sendable {
    @usableFromInline let family: MetricFamilyStorage?
    @usableFromInline let values: LabelValues

    @usableFromInline
    init(_ family: MetricFamilyStorage?, _ values: LabelValues) {
        self.family = family
        self.values = values
    }

    @usableFromInline var number: NumberSeries? { family?.number(values) }
    @usableFromInline var histogram: HistogramSeries? { family?.histogram(values) }
}
