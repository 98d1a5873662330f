import Synchronization

/// What was said in each conversation: so many of the last messages, of so many of the last conversations.
final class Conversations: Sendable {
    private let histories: Mutex<LRUCache<String, [ChatMessage]>>
    private let messageLimit: Int

    init(limit: Int = 1000, messageLimit: Int = 20) {
        self.histories = Mutex(LRUCache(capacity: limit))
        self.messageLimit = messageLimit
    }

    /// The messages of a conversation, oldest first; none for an unknown one.
    func history(of conversation: String) -> [ChatMessage] {
        histories.withLock { $0.value(for: conversation) } ?? []
    }

    /// Adds a question and its answer.
    func append(_ question: String, _ answer: String, to conversation: String) {
        histories.withLock { histories in
            var history = histories.value(for: conversation) ?? []
            history += [.user(question), .assistant(answer)]
            histories.set(Array(history.suffix(messageLimit)), for: conversation)
        }
    }
}
