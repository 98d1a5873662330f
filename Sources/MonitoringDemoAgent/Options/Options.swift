/// What the command line asks for.
struct Options: Sendable, Hashable {
    enum Command: Sendable, Hashable {
        /// Serve, then say how many operations there were.
        case run
        /// Pass trace context on, from line to line.
        case relay
        case printCanaries
        case help
    }

    var command = Command.run
    /// The port of the service; 0 for any that is free.
    var port = 8080
    /// Conversations that the program itself begins a second; 0 has none.
    var traffic = 0.0
    /// How long it serves; 0 goes on until a signal.
    var seconds = 0.0
    /// How long it goes on to serve when the last conversation has ended.
    var linger = 2.0
    var seed: UInt64 = 1
    var broken: Set<Breaker.Part> = []
    /// The file that gets a line for each ended operation.
    var ledger: String?
    /// Plants made-up secrets in everything that is observed.
    var canaries = false
}
