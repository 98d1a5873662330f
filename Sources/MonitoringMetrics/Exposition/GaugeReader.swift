import Dispatch
import MonitoringCore
import Synchronization

/// Asks the host for the numbers that are read at a scrape, on a thread of its own: a closure that never returns costs its
/// numbers, not the page.
///
/// After a closure did not answer in time the page goes without, and nothing is asked again until it has answered.
final class GaugeReader: Sendable {
    typealias Readings = [ObjectIdentifier: Double]

    /// How long a page waits for all closures together.
    static let patience = DispatchTimeInterval.milliseconds(500)

    /// One round of asking.
    private final class Round: Sendable {
        let readings = Mutex<Readings>([:])
        let isDone = DispatchSemaphore(value: 0)
    }

    private let queue = DispatchQueue(label: "monitoring.metrics.gauges")
    private let isAsking = Atomic(false)
    private let context: Monitor.PluginContext

    init(_ context: Monitor.PluginContext) { self.context = context }

    /// What the closures say, as far as they answer in time.
    func read(_ series: [ReadSeries]) -> Readings {
        guard !series.isEmpty else { return [:] }
        guard !isAsking.exchange(true, ordering: .acquiringAndReleasing) else { return [:] }
        let round = Round()
        queue.async { [self] in
            Monitor.suppressedSynchronously { ask(series, round) }
            isAsking.store(false, ordering: .releasing)
            context.resolve(source: Self.problem.source, code: Self.problem.code)
            round.isDone.signal()
        }
        if round.isDone.wait(timeout: .now() + Self.patience) == .timedOut { context.report(Self.problem) }
        return round.readings.withLock(\.self)
    }

    private func ask(_ series: [ReadSeries], _ round: Round) {
        for each in series {
            let number = each.read()
            round.readings.withLock { $0[ObjectIdentifier(each)] = number }
        }
    }

    private static let problem = Monitor.Problem(
        source: "metrics",
        code: "gauge-stuck",
        message: "a closure that a gauge is read from does not return; gauges that come after it are left out",
        fix: "give closures that answer at once, without waiting for locks that are held for long"
    )
}
