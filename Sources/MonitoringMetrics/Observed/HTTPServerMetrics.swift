import MonitoringCore
import Synchronization

/// Requests that are served: `http_…`, by method and endpoint.
final class HTTPServerMetrics: Sendable {
    /// What stands for the endpoint of a request that no route matched.
    static let unmatched = "unmatched"

    fileprivate struct Families: Sendable {
        let total: MetricFamilyStorage
        let duration: MetricFamilyStorage
        let requestSize: MetricFamilyStorage
        let responseSize: MetricFamilyStorage
        let inProgress: MetricFamilyStorage
        let errors: MetricFamilyStorage
    }

    private let anchors: MetricFamilyStorage

    init(_ registry: MetricRegistry) {
        let route = ["method", "endpoint"]
        let families = Families(
            total: registry.observed(
                "http_requests_total", "Requests served.", .counter, route + ["status"]),
            duration: registry.observed(
                "http_request_duration_seconds", "How long requests took to serve, in seconds.", .histogram,
                route + ["status"], bounds: HistogramBuckets.httpSeconds),
            requestSize: registry.observed(
                "http_request_size_bytes", "Sizes of the requests' bodies.", .histogram, route + ["status"],
                bounds: HistogramBuckets.bytes),
            responseSize: registry.observed(
                "http_response_size_bytes", "Sizes of the responses' bodies.", .histogram, route + ["status"],
                bounds: HistogramBuckets.bytes),
            inProgress: registry.observed(
                "http_requests_in_progress", "Requests that are being served.", .upDownCounter, route),
            errors: registry.observed(
                "http_errors_total", "Requests that failed.", .counter, route + ["error_type"])
        )
        anchors = registry.table(route) { HTTPAnchor(families, text: $0, hash: $1) }
    }

    func started(_ record: Monitor.Record) -> Anchor? {
        let anchor = anchor(record, route: record[Monitor.Label<String>.httpRoute])
        anchor?.inProgress.add(1)
        return anchor
    }

    /// The request counts under the route that it ends with: routers often find it later.
    func ended(_ record: Monitor.Record, _ facts: EndFacts) {
        let first = facts.anchor as? HTTPAnchor
        first?.inProgress.add(-1)
        let endpoint = facts.route ?? Self.unmatched
        let last = first?.values?.last == endpoint ? first : anchor(record, route: facts.route)
        last?.count(facts)
    }

    private func anchor(_ record: Monitor.Record, route: String?) -> HTTPAnchor? {
        let method = record[Monitor.Label<String>.httpRequestMethod] ?? "_OTHER"
        return anchors.series(LabelValues(method, route ?? Self.unmatched)) as? HTTPAnchor
    }
}

/// The series of one method and endpoint.
private final class HTTPAnchor: Anchor, @unchecked Sendable {
    /// The series of one status.
    private final class Ends: Sendable {
        let total: NumberSeries
        let duration: HistogramSeries
        let requestSize = LazySeries<HistogramSeries>()
        let responseSize = LazySeries<HistogramSeries>()

        init(total: NumberSeries, duration: HistogramSeries) {
            self.total = total
            self.duration = duration
        }
    }

    private let families: HTTPServerMetrics.Families
    private let progress = LazySeries<NumberSeries>()
    private let ends = Mutex<[Int64: Ends]>([:])

    init(_ families: HTTPServerMetrics.Families, text: consuming LabelText, hash: UInt64) {
        self.families = families
        super.init(text: text, hash: hash)
    }

    var inProgress: NumberSeries { progress.get { number(of: families.inProgress) } }

    func count(_ facts: EndFacts) {
        let status = Self.status(facts)
        let ends = ends(status)
        ends.total.add(1)
        ends.duration.observe(facts.seconds)
        if let size = facts.requestSize {
            ends.requestSize.get { histogram(of: families.requestSize, String(status)) }.observe(Double(size))
        }
        if let size = facts.responseSize {
            ends.responseSize.get { histogram(of: families.responseSize, String(status)) }.observe(Double(size))
        }
        if facts.outcome == .error {
            number(of: families.errors, facts.failureType ?? "_OTHER").add(1)
        }
    }

    /// The code that the request was answered with; where the host told none, the one that servers use for such an end.
    private static func status(_ facts: EndFacts) -> Int64 {
        if let status = facts.status, (100...999).contains(status) { return status }
        switch facts.outcome {
        case .success: return 200
        case .error: return 500
        case .cancelled: return 499
        }
    }

    private func ends(_ status: Int64) -> Ends {
        if let known = ends.withLock({ $0[status] }) { return known }
        let code = String(status)
        let made = Ends(total: number(of: families.total, code), duration: histogram(of: families.duration, code))
        return ends.withLock { ends in
            if let known = ends[status] { return known }
            ends[status] = made
            return made
        }
    }
}
