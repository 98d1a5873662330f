import MonitoringCore
import Synchronization

/// Remembers answers, so that a question asked again costs nothing.
///
/// An answer is only given again to whom it was given before: it may quote from their conversation.
final class AnswerCache: Sendable {
    struct Counts: Sendable, Hashable {
        var hits = 0
        var misses = 0
    }

    private struct Question: Hashable, Sendable {
        var text: String
        var user: String

        init(_ text: String, from user: String) {
            self.text = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            self.user = user
        }
    }

    private struct State {
        var answers: LRUCache<Question, String>
        var counts = Counts()
    }

    private static let name = "answers"

    private let state: Mutex<State>
    private let breaker: Breaker
    private let monitor: Monitor

    init(capacity: Int, breaker: Breaker, monitor: Monitor) {
        self.state = Mutex(State(answers: LRUCache(capacity: capacity)))
        self.breaker = breaker
        self.monitor = monitor
    }

    var counts: Counts { state.withLock { $0.counts } }

    /// The answer that was given before, if any.
    func answer(to question: String, from user: String) throws(AnswerCacheError) -> String? {
        try monitor.observe(.cache(name: Self.name, operation: "get")) { operation throws(AnswerCacheError) in
            try check()
            let answer = state.withLock { state in
                let answer = state.answers.value(for: Question(question, from: user))
                if answer == nil { state.counts.misses += 1 } else { state.counts.hits += 1 }
                return answer
            }
            operation[.cacheHit] = answer != nil
            return answer
        }
    }

    /// Remembers an answer.
    func store(_ answer: String, to question: String, from user: String) throws(AnswerCacheError) {
        try monitor.observe(.cache(name: Self.name, operation: "set")) { operation throws(AnswerCacheError) in
            try check()
            operation[.cacheSize] = state.withLock { state in
                state.answers.set(answer, for: Question(question, from: user))
                return state.answers.count
            }
        }
    }

    private func check() throws(AnswerCacheError) {
        guard !breaker.isBroken(.cache) else { throw .unavailable }
    }
}
