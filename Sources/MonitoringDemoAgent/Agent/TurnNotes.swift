import Synchronization

/// What is learnt while one question is answered, by whoever works on it: agents, helping agents, tools.
final class TurnNotes: Sendable {
    private struct State {
        var usage: ChatResponse.Usage? = .zero
        var isLasting = true
    }

    /// The notes of the question that this task works on.
    @TaskLocal static var current: TurnNotes?

    private let state = Mutex(State())

    /// The tokens spent so far; nil when a provider did not tell.
    var usage: ChatResponse.Usage? { state.withLock(\.usage) }

    /// Whether the answer will still be right when the question is asked again.
    var isLasting: Bool { state.withLock(\.isLasting) }

    /// Adds what a request to a model cost.
    func spent(_ usage: ChatResponse.Usage?) {
        state.withLock { state in
            guard let usage else {
                state.usage = nil
                return
            }
            state.usage? += usage
        }
    }

    /// Something in the answer is true only now.
    func passes() {
        state.withLock { $0.isLasting = false }
    }
}
