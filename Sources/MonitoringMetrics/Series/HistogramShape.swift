import MonitoringCore

/// What all series of a histogram share: the buckets' upper bounds, and the clock that times with it.
@usableFromInline
final class HistogramShape: Sendable {
    /// The upper bounds, each inclusive, ascending, without the infinite one.
    let bounds: [Double]
    private let prometheusLabels: [String]
    private let openMetricsLabels: [String]
    let clock: any MonitoringClock

    init(bounds: [Double], clock: any MonitoringClock) {
        self.bounds = bounds
        self.clock = clock
        prometheusLabels = (bounds + [.infinity]).map { "le=\"\(GoNumber.text($0))\"} " }
        openMetricsLabels = (bounds + [.infinity]).map { "le=\"\(GoNumber.canonicalText($0))\"} " }
    }

    /// Each bucket's label with what follows it, the infinite one's last: `le="0.1"} `.
    func labels(_ dialect: TextDialect) -> [String] {
        dialect == .prometheus ? prometheusLabels : openMetricsLabels
    }

    /// The bucket that a number belongs to.
    @inline(__always)
    func bucket(of number: Double) -> Int {
        var index = 0
        for bound in bounds { index &+= number > bound ? 1 : 0 }
        return index
    }
}
