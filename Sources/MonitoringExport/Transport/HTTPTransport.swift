/// What carries requests to receivers.
///
/// Laws: `send` returns within `timeout` and soon after its task is cancelled; follows no redirect; keeps no cookie,
/// credential or cache; reads no more of an answer than the limit; never ends the process, whatever the receiver does.
package protocol HTTPTransport: Sendable {
    /// Sends a request and reads the whole answer. Any status is an answer.
    ///
    /// - Parameters:
    ///   - request: What to send, and where.
    ///   - timeout: The longest time for everything from the look-up of the name to the answer's last byte.
    ///   - responseLimit: The longest body that is read, in bytes.
    /// - Returns: The answer.
    /// - Throws: Why there is none.
    func send(
        _ request: OutgoingRequest, timeout: Duration, responseLimit: Int
    ) async throws(TransportError) -> OutgoingResponse
}
