import Synchronization

/// Where the layer speaks of itself: every problem once, start-up lines, and a list for `/health`.
package final class Diagnostics: Sendable {
    private struct Key: Hashable {
        let source: String
        let code: String
        let subject: String
    }

    private struct State {
        var problems: [Monitor.Problem] = []
        var counts: [Key: Int] = [:]
    }

    /// More kinds of problem are counted and not kept.
    private static let limit = 256

    private let state = Mutex(State())
    private let accepted = Atomic(false)
    private let redactor: Redactor
    private let sink: (@Sendable (String) -> Void)?

    /// - Parameters:
    ///   - redactor: Removes secrets from what is said.
    ///   - sink: Gets each line, without a line break and with control characters escaped.
    package init(redactor: Redactor = Redactor(), sink: (@Sendable (String) -> Void)?) {
        self.redactor = redactor
        self.sink = sink
    }

    /// Tells a problem, the first time that it comes.
    package func report(_ problem: Monitor.Problem) {
        var problem = problem
        problem.subject = redactor.redact(problem.subject)
        problem.message = redactor.redact(problem.message)
        problem.fix = redactor.redact(problem.fix)
        let key = Key(source: problem.source, code: problem.code, subject: problem.subject)
        let isNew = state.withLock { state in
            if let count = state.counts[key] {
                state.counts[key] = count + 1
                return false
            }
            guard state.problems.count < Self.limit else { return false }
            state.counts[key] = 1
            state.problems.append(problem)
            return true
        }
        if isNew { line(problem.description) }
    }

    /// Writes a line that is not a problem.
    package func line(_ text: String) {
        sink?("[monitoring] " + TerminalText.escaped(redactor.redact(text)))
    }

    package var problems: [Monitor.Problem] { state.withLock(\.problems) }

    /// How often each problem came, in the order of ``problems``.
    package var occurrences: [Int] {
        state.withLock { state in
            state.problems.map { state.counts[Key(source: $0.source, code: $0.code, subject: $0.subject)] ?? 0 }
        }
    }

    package func noteAcceptance() { accepted.store(true, ordering: .relaxed) }
    package var hasAccepted: Bool { accepted.load(ordering: .relaxed) }
}
