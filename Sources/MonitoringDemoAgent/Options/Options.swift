/// What the command line asks for.
struct Options: Sendable, Hashable {
    enum Command: Sendable, Hashable {
        /// Have conversations, then say how many operations there were.
        case run
        /// Pass trace context on, from line to line.
        case relay
        case printCanaries
        case help
    }

    var command = Command.run
    /// Conversations begun a second; 0 has none.
    var traffic = 2.0
    /// How long conversations are begun; 0 goes on until a signal.
    var seconds = 5.0
    var seed: UInt64 = 1
    var broken: Set<Breaker.Part> = []
    /// The file that gets a line for each ended operation.
    var ledger: String?
    /// Plants made-up secrets in everything that is observed.
    var canaries = false
}
