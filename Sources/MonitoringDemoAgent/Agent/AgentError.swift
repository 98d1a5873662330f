/// Why an agent came to no answer though the model answered.
enum AgentError: Error, Hashable {
    /// The model asked for tools again and again.
    case tooManySteps(limit: Int)
}

extension AgentError: CustomStringConvertible {
    var description: String {
        switch self {
        case .tooManySteps(let limit): "no answer after \(limit) requests to the model"
        }
    }
}
