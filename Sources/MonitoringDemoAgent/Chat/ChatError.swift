/// Why a model did not answer.
enum ChatError: Error, Hashable {
    /// Too many requests; the provider may have said how long to wait.
    case rateLimited(retryAfter: Duration?)
    /// No answer in time.
    case timeout(after: Duration)
    /// The provider failed.
    case server(status: Int, message: String)
    /// The stream ended before the response was whole.
    case incomplete
    /// The provider answered, but with something else than a response.
    case malformed
    /// The provider cannot be reached.
    case unreachable

    /// Whether asking again can help.
    ///
    /// A timeout is not retried: the reader has waited long enough.
    var isRetryable: Bool {
        switch self {
        case .rateLimited, .unreachable: true
        case .server(let status, _): status >= 500
        case .timeout, .incomplete, .malformed: false
        }
    }
}

extension ChatError: CustomStringConvertible {
    var description: String {
        switch self {
        case .rateLimited(let wait?): "rate limited, retry after \(wait)"
        case .rateLimited(nil): "rate limited"
        case .timeout(let limit): "no answer within \(limit)"
        case .server(let status, let message): "server error \(status): \(message)"
        case .incomplete: "the stream ended before the response did"
        case .malformed: "the answer is no response"
        case .unreachable: "cannot be reached"
        }
    }
}
