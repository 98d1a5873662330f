/// A number that is set to what it is now: a balance, a temperature, a status.
///
/// A copy sets the same series. Setting costs one store, from any thread; the last one counts. Where metrics are off it does
/// nothing. A number that need not be told but can be read is better given as a closure.
public struct MetricGauge: MetricInstrument {
    @usableFromInline let series: NumberSeries?

    /// The gauge of a series.
    @inlinable
    public init(_ handle: MetricHandle) { series = handle.number }

    /// Sets the number.
    ///
    /// - Parameter value: What it is now; not-a-number and the infinities are exposed as such.
    @inlinable
    public func set(_ value: Double) { series?.set(value) }

    /// Sets a whole number.
    ///
    /// - Parameter value: What it is now.
    @inlinable
    public func set(_ value: Int) { series?.set(Double(value)) }

    /// Sets 1 for true and 0 for false.
    ///
    /// - Parameter value: Whether it is so now.
    @inlinable
    public func set(_ value: Bool) { series?.set(value ? 1 : 0) }

    /// Adds to what it is.
    ///
    /// - Parameter amount: How much; negative to take away.
    @inlinable
    public func add(_ amount: Double) { series?.adjust(by: amount) }

    /// What it was set to last; 0 before that, and where metrics are off.
    public var value: Double { series?.number.double ?? 0 }
}
