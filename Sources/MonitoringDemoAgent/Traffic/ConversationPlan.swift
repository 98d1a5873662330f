/// Who asks what in one conversation: drawn from the seed and the conversation's number alone.
struct ConversationPlan: Sendable, Hashable {
    let session: Session
    var questions: [String]

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
        self.questions = questions
    }
}
