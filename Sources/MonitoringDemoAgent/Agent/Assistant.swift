import MonitoringCore

/// What the host offers its users: questions in conversations, answered by an agent or from the cache.
struct Assistant: Sendable {
    let agent: Agent
    let conversations: Conversations
    let answers: AnswerCache
    let monitor: Monitor

    /// Answers a question in a conversation.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - session: Who asks, and where.
    ///   - listener: Takes the answer in parts as it is made.
    /// - Returns: The whole answer.
    /// - Throws: What ``Agent/run(_:after:for:telling:)`` throws.
    func answer(
        _ question: String,
        for session: Session,
        telling listener: AnswerListener? = nil
    ) async throws -> Answer {
        let notes = TurnNotes()
        return try await TurnNotes.$current.withValue(notes) {
            try await monitor.observe(.turn(in: session.conversation)) {
                monitor.scope.user = .init(id: session.user)
                let answer: String
                if let known = knownAnswer(to: question, for: session) {
                    answer = known
                    try await listener?(.piece(known))
                } else {
                    let history = conversations.history(of: session.conversation)
                    answer = try await agent.run(question, after: history, for: session, telling: listener)
                    if notes.isLasting { remember(answer, to: question, for: session) }
                }
                conversations.append(question, answer, to: session.conversation)
                return Answer(text: answer, usage: notes.usage)
            }
        }
    }

    /// The answer from the cache.
    ///
    /// A cache that fails makes answers slower, not impossible.
    private func knownAnswer(to question: String, for session: Session) -> String? {
        do throws(AnswerCacheError) {
            return try answers.answer(to: question, from: session.user)
        } catch {
            monitor.capture(error, level: .warning)
            return nil
        }
    }

    private func remember(_ answer: String, to question: String, for session: Session) {
        do throws(AnswerCacheError) {
            try answers.store(answer, to: question, from: session.user)
        } catch {
            monitor.capture(error, level: .warning)
        }
    }
}
