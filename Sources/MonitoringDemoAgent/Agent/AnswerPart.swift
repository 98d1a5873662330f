/// What becomes known while an answer is made.
///
/// The pieces after the last step make up the answer; text before a step is what a model says before it uses its tools.
enum AnswerPart: Sendable, Hashable {
    /// The model wants these tools run before it goes on.
    case step(tools: [String])
    /// Some more text.
    case piece(String)
}

/// Takes the parts of an answer in order; an error that it throws ends the answering.
typealias AnswerListener = @Sendable (AnswerPart) async throws -> Void
