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

    private let state: Mutex<State>
    private let breaker: Breaker

    init(capacity: Int, breaker: Breaker) {
        self.state = Mutex(State(answers: LRUCache(capacity: capacity)))
        self.breaker = breaker
    }

    var counts: Counts { state.withLock { $0.counts } }

    /// The answer that was given before, if any.
    func answer(to question: String, from user: String) throws(AnswerCacheError) -> String? {
        try check()
        return state.withLock { state in
            let answer = state.answers.value(for: Question(question, from: user))
            if answer == nil { state.counts.misses += 1 } else { state.counts.hits += 1 }
            return answer
        }
    }

    /// Remembers an answer.
    func store(_ answer: String, to question: String, from user: String) throws(AnswerCacheError) {
        try check()
        _ = state.withLock { $0.answers.set(answer, for: Question(question, from: user)) }
    }

    private func check() throws(AnswerCacheError) {
        guard !breaker.isBroken(.cache) else { throw .unavailable }
    }
}
