/// What the host offers its users: questions in conversations, answered by an agent or from the cache.
struct Assistant: Sendable {
    let agent: Agent
    let conversations: Conversations
    let answers: AnswerCache

    /// Answers a question in a conversation.
    ///
    /// - Throws: What ``Agent/run(_:after:for:)`` throws.
    func answer(_ question: String, in conversation: String, for user: String) async throws -> String {
        if let known = try? answers.answer(to: question, from: user) {
            conversations.append(question, known, to: conversation)
            return known
        }
        let answer = try await agent.run(question, after: conversations.history(of: conversation), for: user)
        conversations.append(question, answer, to: conversation)
        try? answers.store(answer, to: question, from: user)
        return answer
    }
}
