import MonitoringCore

/// What all series of a histogram share: the buckets' upper bounds, and the clock that times with it.
@usableFromInline
final class HistogramShape: Sendable {
    /// The upper bounds, each inclusive, ascending, without the infinite one.
    let bounds: [Double]
    /// Each bucket's label as the text format ends it, the infinite one's last: `le="0.1"} `.
    let labels: [String]
    let clock: any MonitoringClock

    init(bounds: [Double], clock: any MonitoringClock) {
        self.bounds = bounds
        self.clock = clock
        labels = (bounds + [.infinity]).map { "le=\"\(GoNumber.text($0))\"} " }
    }

    /// The bucket that a number belongs to.
    @inline(__always)
    func bucket(of number: Double) -> Int {
        var index = 0
        for bound in bounds { index &+= number > bound ? 1 : 0 }
        return index
    }
}
