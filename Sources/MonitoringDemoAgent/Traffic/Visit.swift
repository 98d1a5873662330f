/// One thing that a reader does.
enum Visit: Sendable, Hashable {
    /// Asks a question, and has the answer streamed or not.
    case ask(String, streamed: Bool)
    /// Looks at the clock.
    case readClock
    /// Asks for something that is not there.
    case stray(path: String)
}
