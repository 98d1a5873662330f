import MonitoringCore

/// How long something takes: a histogram of seconds, by the monitor's clock.
///
/// A copy times into the same series. Where metrics are off, `time` is the call alone.
public struct MetricTimer: MetricInstrument {
    @usableFromInline let series: HistogramSeries?

    /// The timer of a series.
    @inlinable
    public init(_ handle: MetricHandle) { series = handle.histogram }

    /// Counts a duration.
    ///
    /// - Parameter duration: How long it took.
    @inlinable
    public func record(_ duration: Duration) { series?.observe(duration.inSeconds) }

    /// Times the body, whether it returns or throws.
    ///
    /// - Parameter body: The work.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    @inlinable
    public func time<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        guard let series else { return try body() }
        let start = series.now
        defer { series.observe(since: start) }
        return try body()
    }

    /// Times the body, whether it returns or throws.
    ///
    /// - Parameter body: The work.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    @inlinable
    public func time<R, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        guard let series else { return try await body() }
        let start = series.now
        defer { series.observe(since: start) }
        return try await body()
    }

    /// How many durations there were; 0 where metrics are off.
    public var count: Int { Int(clamping: series?.distribution.count ?? 0) }

    /// All durations together; zero where metrics are off.
    public var total: Duration { .seconds(series?.distribution.sum ?? 0) }
}

extension HistogramSeries {
    @usableFromInline var now: UInt64 { shape.clock.monotonicNanoseconds }

    @usableFromInline
    func observe(since start: UInt64) {
        let now = now
        observe(Double(now &- min(start, now)) / 1e9)
    }
}
