/// A number that grows and shrinks by what is added: connections, jobs under way.
///
/// A copy counts into the same series. Adding costs one atomic instruction, from any thread; where metrics are off it does
/// nothing. Exposed as a gauge.
public struct MetricUpDownCounter: MetricInstrument {
    @usableFromInline let series: NumberSeries?

    /// The counter of a series.
    @inlinable
    public init(_ handle: MetricHandle) { series = handle.number }

    /// Adds a whole number.
    ///
    /// - Parameter count: How much; negative to take away.
    @inlinable
    public func add(_ count: Int = 1) { series?.add(Int64(count)) }

    /// Adds an amount.
    ///
    /// - Parameter amount: How much; negative to take away. What is not finite is not counted.
    @inlinable
    public func add(_ amount: Double) {
        guard amount.isFinite else { return }
        series?.add(amount: amount)
    }

    /// Counts one as long as the body runs.
    ///
    /// - Parameter body: The work.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    @inlinable
    public func track<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        add(1)
        defer { add(-1) }
        return try body()
    }

    /// Counts one as long as the body runs.
    ///
    /// - Parameter body: The work.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    @inlinable
    public func track<R, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        add(1)
        defer { add(-1) }
        return try await body()
    }

    /// The number now; 0 where metrics are off.
    public var value: Double { series?.number.double ?? 0 }
}
