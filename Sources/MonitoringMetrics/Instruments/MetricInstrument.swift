/// What a family has one of for each set of label values: a counter, an up-down counter, a gauge, a histogram or a timer.
///
/// Only this module's types conform.
public protocol MetricInstrument: Sendable {
    /// The instrument of a series; `nil` where metrics are off.
    init(_ handle: MetricHandle)
}

/// What an instrument holds on to: a series, or nothing where metrics are off.
public struct MetricHandle: Sendable {
    @usableFromInline let series: MetricSeries?

    /// - Parameter series: A series of the class that the instrument is for: families see to that.
    @usableFromInline
    init(_ series: MetricSeries?) { self.series = series }

    @inlinable var number: NumberSeries? { series.map { unsafe unsafeDowncast($0, to: NumberSeries.self) } }
    @inlinable var histogram: HistogramSeries? { series.map { unsafe unsafeDowncast($0, to: HistogramSeries.self) } }
}
