extension ConversationPlan {
    /// The same conversation, with a secret let slip in each question.
    func letting(slip canary: Canary) -> ConversationPlan {
        var plan = self
        plan.visits = visits.map { visit in
            guard case .ask(let question, let streamed) = visit else { return visit }
            return .ask("\(question) \(canary.phrase)", streamed: streamed)
        }
        return plan
    }
}
