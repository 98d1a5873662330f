/// A piece of a streamed answer.
enum ChatChunk: Sendable, Hashable {
    /// Some more text.
    case text(String)
    /// The last piece: the whole response, its text included.
    case finished(ChatResponse)
}
