/// Who does what in one conversation: drawn from the seed and the conversation's number alone.
struct ConversationPlan: Sendable, Hashable {
    let session: Session
    var visits: [Visit]

    init(number: Int, seed: UInt64) {
        var hash = StableHash()
        hash.combine(seed)
        hash.combine(UInt64(number))
        var draw = SplitMix64(seed: hash.value)
        self.session = Session(user: "reader-\(number)", conversation: "conversation-\(number)")
        var questions = [Questions.any(using: &draw)]
        if draw.chance(0.35) { questions.append(Questions.any(using: &draw)) }
        if draw.chance(0.25) { questions.append(questions[0]) }  // asked again: the cache knows
        if draw.chance(0.2) { questions.append(Questions.thanks) }
        let streamed = draw.chance(0.5)
        self.visits = questions.map { .ask($0, streamed: streamed) }
        if draw.chance(0.1) { visits.append(.readClock) }
        if draw.chance(0.05) { visits.append(.stray(path: "/opening-hours")) }
    }

    /// What is asked, in order.
    var questions: [String] {
        visits.compactMap { visit in
            if case .ask(let question, _) = visit { question } else { nil }
        }
    }
}
