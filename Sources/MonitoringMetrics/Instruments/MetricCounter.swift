/// A number that only grows: requests, tokens, bytes.
///
/// A copy counts into the same series. Adding costs one atomic instruction, from any thread; where metrics are off it does
/// nothing. Counts are exact: whole numbers up to 2^63 are never rounded.
public struct MetricCounter: MetricInstrument {
    @usableFromInline let series: NumberSeries?

    /// The counter of a series.
    @inlinable
    public init(_ handle: MetricHandle) { series = handle.number }

    /// Counts one.
    @inlinable
    public func increment() { series?.add(1) }

    /// Counts several.
    ///
    /// - Parameter count: How many; a negative number is not counted.
    @inlinable
    public func increment(by count: Int) {
        guard count >= 0 else { return }
        series?.add(Int64(count))
    }

    /// Adds an amount.
    ///
    /// - Parameter amount: How much; what is negative or not finite is not counted.
    @inlinable
    public func increment(by amount: Double) {
        guard amount >= 0, amount.isFinite else { return }
        series?.add(amount: amount)
    }

    /// What was counted until now; 0 where metrics are off.
    public var value: Double { series?.number.double ?? 0 }
}
