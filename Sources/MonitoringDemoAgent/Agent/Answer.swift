/// The answer to a question, and what it cost.
struct Answer: Sendable, Hashable {
    var text: String
    /// The tokens of all requests to models, those of helping agents included; nil where a provider did not tell them.
    var usage: ChatResponse.Usage?
}
