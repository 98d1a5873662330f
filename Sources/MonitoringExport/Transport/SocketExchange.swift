#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// One request and its answer over one connection, on the calling thread.
struct SocketExchange {
    /// Why there is no answer.
    struct Failure: Error {
        let kind: TransportError.Kind
        /// Whether the peer had sent anything; if not, a kept connection may just have been too old.
        let receivedAnything: Bool
    }

    /// Request line, fields and body.
    let message: [UInt8]
    /// The longest body that is read.
    let responseLimit: Int
    /// A monotonic time in nanoseconds.
    let deadline: UInt64
    /// Ends the exchange when it rings.
    let cancellation: Doorbell

    /// Writes the request while listening, so that an early refusal is heard and a peer that does not read is no
    /// trouble.
    ///
    /// - Returns: The answer, and whether the connection can be used again.
    func run(on connection: SocketConnection) throws(Failure) -> (response: OutgoingResponse, isReusable: Bool) {
        var parser = HTTPResponseParser(bodyLimit: responseLimit)
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        var sent = 0
        var canSend = true
        var received = false
        while true {
            let isSending = canSend && sent < message.count
            let events = Int16(isSending ? POLLIN | POLLOUT : POLLIN)
            let ready: Int16
            switch cancellation.wait(for: connection.descriptor, events: events, until: deadline) {
            case .rang: throw Failure(kind: .cancelled, receivedAnything: received)
            case .timeout: throw Failure(kind: .timeout, receivedAnything: received)
            case .ready(let events): ready = events
            }
            if ready & ~Int16(POLLOUT) != 0 {
                do throws(HTTPResponseParser.Failure) {
                    switch connection.receive(into: &buffer) {
                    case .bytes(let count):
                        received = true
                        try parser.consume(buffer[..<count])
                    case .end: try parser.finish()
                    case .broken: throw .closed
                    case .wouldBlock: break
                    }
                } catch {
                    throw Failure(kind: Self.kind(of: error), receivedAnything: received)
                }
                if parser.isComplete {
                    return (parser.response, parser.leavesConnectionOpen && sent == message.count)
                }
            }
            if isSending, ready & Int16(POLLOUT) != 0 {
                switch connection.transmit(message, from: sent) {
                case .bytes(let count): sent += count
                case .wouldBlock, .end: break
                // There may still be an answer to read.
                case .broken: canSend = false
                }
            }
        }
    }

    private static func kind(of failure: HTTPResponseParser.Failure) -> TransportError.Kind {
        switch failure {
        case .closed: .closed
        case .http2: .http2
        case .notHTTP: .notHTTP
        case .tooLarge: .responseTooLarge
        }
    }
}
