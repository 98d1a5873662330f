extension ConversationPlan {
    /// The same conversation, with a secret let slip in each question.
    func letting(slip canary: Canary) -> ConversationPlan {
        var plan = self
        plan.questions = questions.map { "\($0) \(canary.phrase)" }
        return plan
    }
}
