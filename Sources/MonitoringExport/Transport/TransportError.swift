/// Why a request got no answer.
///
/// It names the origin alone: no path, no query, no header and no text of the peer.
package struct TransportError: Error, Sendable, Hashable {
    /// The kind of failure.
    package enum Kind: Sendable, Hashable {
        /// Nobody listens at the port.
        case refused
        /// There is no way to the host.
        case unreachable
        /// The host's name cannot be resolved.
        case unresolved
        /// The attempt's time is over.
        case timeout
        /// TLS cannot be agreed on, or the certificate is not trusted.
        case tls
        /// The connection ended before the answer did.
        case closed
        /// The answer is longer than the limit.
        case responseTooLarge
        /// The peer speaks HTTP/2 only, as gRPC receivers do.
        case http2
        /// What came back is no HTTP answer.
        case notHTTP
        /// The proxy's variable cannot be used.
        case proxy
        /// The task was cancelled.
        case cancelled
        /// Something else, such as no free descriptor.
        case other
    }

    /// The kind of failure.
    package let kind: Kind
    /// Scheme, host and port of the receiver.
    package let origin: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - kind: The kind of failure.
    ///   - origin: Scheme, host and port of the receiver.
    package init(_ kind: Kind, origin: String) {
        self.kind = kind
        self.origin = origin
    }
}

extension TransportError: CustomStringConvertible {
    package var description: String { "\(origin) \(kind)" }
}

extension TransportError.Kind: CustomStringConvertible {
    /// What the receiver does, as the rest of a sentence.
    package var description: String {
        switch self {
        case .refused: "refuses connections"
        case .unreachable: "cannot be reached"
        case .unresolved: "has a host name that cannot be resolved"
        case .timeout: "does not answer in time"
        case .tls: "cannot be spoken to by TLS"
        case .closed: "closes the connection without an answer"
        case .responseTooLarge: "sends an answer that is longer than the limit"
        case .http2: "speaks HTTP/2 only"
        case .notHTTP: "answers something that is not HTTP"
        case .proxy: "is behind a proxy that cannot be used"
        case .cancelled: "was given up"
        case .other: "cannot be sent to"
        }
    }
}
