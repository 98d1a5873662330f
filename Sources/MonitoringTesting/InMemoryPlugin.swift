public import MonitoringCore
import Synchronization

/// A plugin that keeps what it hears, for tests.
public final class InMemoryPlugin: MonitoringPlugin {
    private struct State {
        var started: [Monitor.Record] = []
        var ended: [Monitor.Record] = []
        /// What started, and whether it ended; the records are kept above, so that their identities stay theirs.
        var hasEnded: [ObjectIdentifier: Bool] = [:]
        var captures: [Monitor.Capture] = []
        var logs: [Monitor.LogEntry] = []
        var crashes: [Monitor.CrashReport] = []
        var violations: [String] = []
    }

    private let state = Mutex(State())
    /// Hears of every kind.
    public let interest: Monitor.Kinds
    /// Hears every signal.
    public let signals: Monitor.PluginSignals = [.captures, .logs, .crashes]
    /// Samples everything, unless it was made without.
    public let sampler: (any Monitor.HeadSampler)?

    /// Makes a plugin.
    ///
    /// - Parameters:
    ///   - interest: The kinds it hears of.
    ///   - samples: Whether it acts as the head sampler, which samples everything.
    public init(interest: Monitor.Kinds = .all, samples: Bool = true) {
        self.interest = interest
        self.sampler = samples ? SampleEverything() : nil
    }

    /// Keeps the operation.
    public func started(_ operation: Monitor.Record) {
        state.withLock { state in
            state.started.append(operation)
            state.hasEnded[ObjectIdentifier(operation)] = false
        }
    }

    /// Keeps the operation, and checks its life.
    public func ended(_ operation: Monitor.Record) {
        state.withLock { state in
            switch state.hasEnded.updateValue(true, forKey: ObjectIdentifier(operation)) {
            case nil: state.violations.append("\(operation.name) ended without having started")
            case true?: state.violations.append("\(operation.name) ended twice")
            case false?: break
            }
            state.ended.append(operation)
        }
    }

    /// Keeps the capture.
    public func captured(_ capture: Monitor.Capture) {
        state.withLock { $0.captures.append(capture) }
    }

    /// Keeps the line.
    public func logged(_ entry: Monitor.LogEntry) {
        state.withLock { $0.logs.append(entry) }
    }

    /// Keeps the report.
    public func crashed(_ report: Monitor.CrashReport) {
        state.withLock { $0.crashes.append(report) }
    }

    /// The crashes of earlier processes, in the order in which they were found.
    public var crashes: [Monitor.CrashReport] { state.withLock(\.crashes) }

    /// The operations that ended, in the order of their ends.
    public var operations: [Monitor.Record] { state.withLock(\.ended) }

    /// The operations that started and did not end.
    public var open: [Monitor.Record] {
        state.withLock { state in state.started.filter { state.hasEnded[ObjectIdentifier($0)] == false } }
    }

    /// The captures, in order.
    public var captures: [Monitor.Capture] { state.withLock(\.captures) }

    /// The log lines, in order.
    public var logs: [Monitor.LogEntry] { state.withLock(\.logs) }

    /// What was wrong with the lives of operations: ends without a start, ends told twice, one name with two sets of
    /// label names.
    public var violations: [String] {
        let (found, ended) = state.withLock { ($0.violations, $0.ended) }
        return found + LifecycleValidator.violations(in: ended)
    }

    private struct SampleEverything: Monitor.HeadSampler {
        func decide(_ request: Monitor.SamplingRequest) -> Monitor.SamplingDecision {
            Monitor.SamplingDecision(isSampled: true)
        }
    }
}
