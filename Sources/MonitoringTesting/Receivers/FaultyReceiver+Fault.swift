extension FaultyReceiver {
    /// What can be wrong with a receiver.
    public enum Fault: Sendable, Hashable {
        /// Nobody listens: connections are refused. The port is taken all the same.
        case refuse
        /// Connections are neither accepted nor refused: a SYN stays unanswered, as far as the loopback interface allows.
        ///
        /// On Linux the kernel drops what does not fit into a full backlog; elsewhere a few connections may come through, and
        /// then nobody speaks.
        case fullBacklog
        /// Accepts, reads everything and never answers.
        case silentAccept
        /// The same under an `https` URL: the handshake never gets an answer.
        case tlsStall
        /// Reads a byte at a time, with pauses, from a small buffer.
        case slowReader
        /// Reads the request and resets the connection.
        case resetBeforeResponse
        /// Answers half of what it announced and resets the connection.
        case resetWithinResponse
        /// Answers a byte at a time, with pauses, and does not get to an end.
        case drip
        /// Answers 200 and sends a body until the client has enough.
        case endlessBody
        /// Answers something that is not HTTP.
        case garbage
        /// Answers 307 and names another path of its own, so that whoever follows is seen.
        case redirect
        /// Answers every request alike.
        case status(Int, retryAfter: String? = nil)
        /// Answers HTTP/1.1 with HTTP/2 frames and closes, as a gRPC server does: what port 4317 says.
        case http2

        /// All of them, with the statuses that make a difference to a sender: for `arguments:`.
        public static let allFaults: [Fault] =
            [
                .refuse, .fullBacklog, .silentAccept, .tlsStall, .slowReader, .resetBeforeResponse,
                .resetWithinResponse,
                .drip, .endlessBody, .garbage, .redirect, .http2,
            ] + [400, 413, 429, 500, 503].map { .status($0) } + [.status(503, retryAfter: "3600")]
    }
}
