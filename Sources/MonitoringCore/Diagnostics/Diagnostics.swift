import Synchronization

/// Where the layer speaks of itself: every problem once until it is over, start-up lines, and a list for `/health`.
package final class Diagnostics: Sendable {
    /// What makes two reports the same problem.
    package struct Topic: Sendable, Hashable {
        package var source: String
        package var code: String
        package var subject: String

        package init(source: String, code: String, subject: String) {
            (self.source, self.code, self.subject) = (source, code, subject)
        }

        /// The topic of a problem.
        package init(_ problem: Monitor.Problem) {
            self.init(source: problem.source, code: problem.code, subject: problem.subject)
        }
    }

    private let state = Mutex(DiagnosticsState())
    private let accepted = Atomic(false)
    private let redactor: Redactor
    private let clock: any MonitoringClock
    private let sink: (@Sendable (String) -> Void)?

    /// - Parameters:
    ///   - redactor: Removes secrets from what is said.
    ///   - clock: Says how long ago a problem was told.
    ///   - sink: Gets each line, without a line break and with control characters escaped.
    package init(
        redactor: Redactor = Redactor(),
        clock: any MonitoringClock = SystemClock(),
        sink: (@Sendable (String) -> Void)?
    ) {
        self.redactor = redactor
        self.clock = clock
        self.sink = sink
    }

    /// Tells a problem when it comes for the first time, and when it comes again after its end, at most once a minute.
    package func report(_ problem: Monitor.Problem) { _ = tell(problem) }

    /// Reports a problem.
    ///
    /// - Parameter problem: The problem; secrets in it are removed.
    /// - Returns: Whether it was told now.
    package func tell(_ problem: Monitor.Problem) -> Bool {
        let problem = redacted(problem)
        let now = clock.monotonicNanoseconds
        let telling = state.withLock { $0.note(problem, at: now) }
        say(telling, of: problem)
        return telling == .problem
    }

    /// Says that a problem is over, so that it is told when it comes again; it stays listed and counted.
    ///
    /// - Returns: Whether it had been told since its last end.
    @discardableResult
    package func resolve(source: String, code: String, subject: String) -> Bool {
        resolve([Topic(source: source, code: code, subject: subject)])
    }

    /// Says that problems are over, so that they are told when they come again; they stay listed and counted.
    ///
    /// - Parameters:
    ///   - topics: The problems.
    ///   - end: What to tell, however often, if one of them had been told: else nobody heard that there was anything.
    /// - Returns: Whether one of them had been told since its last end.
    @discardableResult
    package func resolve(_ topics: [Topic], telling end: Monitor.Problem? = nil) -> Bool {
        let topics = topics.map { topic in
            Topic(source: topic.source, code: topic.code, subject: redactor.redact(topic.subject))
        }
        guard state.withLock({ $0.end(topics) }) else { return false }
        if let end = end.map(redacted) {
            let now = clock.monotonicNanoseconds
            state.withLock { _ = $0.note(end, at: now) }
            say(.problem, of: end)
        }
        return true
    }

    /// Writes a line that is not a problem.
    package func line(_ text: String) {
        sink?("[monitoring] " + TerminalText.escaped(redactor.redact(text)))
    }

    package var problems: [Monitor.Problem] { state.withLock(\.problems) }

    /// How often each problem came, in the order of ``problems``.
    package var occurrences: [Int] { state.withLock(\.occurrences) }

    package func noteAcceptance() { accepted.store(true, ordering: .relaxed) }
    package var hasAccepted: Bool { accepted.load(ordering: .relaxed) }

    private func redacted(_ problem: Monitor.Problem) -> Monitor.Problem {
        var problem = problem
        problem.subject = redactor.redact(problem.subject)
        problem.message = redactor.redact(problem.message)
        problem.fix = redactor.redact(problem.fix)
        return problem
    }

    private func say(_ telling: DiagnosticsState.Telling, of problem: Monitor.Problem) {
        switch telling {
        case .nothing: break
        case .problem: line(problem.description)
        case .overflow:
            line("core: \(DiagnosticsState.limit) different problems are listed; more problems are not listed")
        }
    }
}
