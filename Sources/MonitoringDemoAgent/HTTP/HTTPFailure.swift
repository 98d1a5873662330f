/// Why a request got no whole answer.
enum HTTPFailure: Error, Hashable {
    /// Nobody listens there, or there is no way to it.
    case unreachable
    /// Nothing came for so long, or the end did not.
    case timeout(Duration)
    /// The connection broke, before the answer or within it.
    case broken
    /// The body is longer than what is taken, in bytes.
    case tooLong(limit: Int)
}

extension HTTPFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreachable: "cannot be reached"
        case .timeout(let limit): "no answer within \(limit)"
        case .broken: "the connection broke"
        case .tooLong(let limit): "the answer is longer than \(limit) bytes"
        }
    }
}
