/// How a number is distributed: sizes, costs, scores.
///
/// A copy observes into the same series. Observing costs two atomic instructions, from any thread; where metrics are off it
/// does nothing. No observation is lost; while others observe, a scrape may see one in the count and not yet in the sum.
public struct MetricHistogram: MetricInstrument {
    @usableFromInline let series: HistogramSeries?

    /// The histogram of a series.
    @inlinable
    public init(_ handle: MetricHandle) { series = handle.histogram }

    /// Counts an observation into its bucket and adds it to the sum.
    ///
    /// - Parameter value: The number; what is not finite is not counted, since it would spoil the sum for ever.
    @inlinable
    public func observe(_ value: Double) { series?.observe(value) }

    /// Counts a whole number into its bucket and adds it to the sum.
    ///
    /// - Parameter value: The number.
    @inlinable
    public func observe(_ value: Int) { series?.observe(Double(value)) }

    /// Counts a duration, in seconds.
    ///
    /// - Parameter duration: How long it took.
    @inlinable
    public func observe(_ duration: Duration) { series?.observe(duration.inSeconds) }

    /// How many observations there were; 0 where metrics are off.
    public var count: Int { Int(clamping: series?.distribution.count ?? 0) }

    /// The sum of the observations; 0 where metrics are off.
    public var sum: Double { series?.distribution.sum ?? 0 }
}

extension Duration {
    /// The duration in seconds.
    @usableFromInline var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
