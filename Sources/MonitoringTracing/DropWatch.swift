import MonitoringCore
import MonitoringExport
import Synchronization

/// Tells that spans are dropped before they could be sent, once a reason until the collector takes spans again.
///
/// A drop happens on a host's thread, under its load: there the reason alone is noted, and told from ``run()``.
final class DropWatch: Sendable {
    private let reasons: AsyncStream<DropReason>
    private let noted: AsyncStream<DropReason>.Continuation
    private let isListening = Atomic(false)
    private let origin: String
    private let report: @Sendable (Monitor.Problem) -> Void

    /// - Parameters:
    ///   - origin: Where the spans should have gone.
    ///   - report: Gets the problems.
    init(origin: String, report: @escaping @Sendable (Monitor.Problem) -> Void) {
        (reasons, noted) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(DropReason.allCases.count))
        self.origin = origin
        self.report = report
    }

    /// Notes that spans are dropped, to be told soon; from any thread.
    func note(_ reason: DropReason) { noted.yield(reason) }

    /// Tells what is noted, during the body.
    func telling(during body: () async -> Void) async {
        guard !isListening.exchange(true, ordering: .relaxed) else { return await body() }
        defer { isListening.store(false, ordering: .relaxed) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                for await reason in reasons {
                    if let problem = problem(reason) { report(problem) }
                }
            }
            await body()
            group.cancelAll()
        }
    }

    /// The problem of a reason; `nil` where others tell it.
    private func problem(_ reason: DropReason) -> Monitor.Problem? {
        guard let (cause, fix) = Self.texts(reason) else { return nil }
        return Monitor.Problem(
            source: "tracing",
            code: "dropped-\(reason.rawValue)",
            subject: origin,
            message: "spans are dropped: \(cause)",
            fix: fix
        )
    }

    /// What is over when the collector takes spans again.
    var topics: [Diagnostics.Topic] {
        DropReason.allCases.compactMap { problem($0).map(Diagnostics.Topic.init) }
    }

    private static func texts(_ reason: DropReason) -> (cause: String, fix: String)? {
        switch reason {
        case .full:
            (
                "the queue is full",
                "see that the collector takes them in time, or raise OTEL_BSP_MAX_QUEUE_SIZE or "
                    + "MONITORING_SPOOL_MAX_BYTES"
            )
        case .tooLarge: ("they are longer than a record may be", "put less into attributes")
        case .noMemory:
            ("the system gives no memory to queue them", "raise the memory limit, or lower MONITORING_SPOOL_MAX_BYTES")
        case .contended: ("too many threads end operations at the same moment", "")
        case .corrupt: ("they were overwritten in memory", "look for a stray write in the host's unsafe code")
        case .closed, .tooOld, .forked: nil
        }
    }
}
