import MonitoringCore

/// An error as the service's callers see it: what happened and what to do, nothing of the insides.
struct ErrorAnswer: Error, Sendable, Hashable, Encodable {
    private enum Keys: String, CodingKey {
        case type
        case message
        case requestID = "request_id"
    }

    private enum Root: String, CodingKey {
        case error
    }

    var status: Int
    /// A word that programs can act upon.
    var type: String
    var message: String
    /// After how many seconds to come back.
    var retryAfter: Int?
    /// The id of the request, to ask somebody about it.
    var requestID = Monitor.Operation.current.requestID

    func encode(to encoder: any Encoder) throws {
        var root = encoder.container(keyedBy: Root.self)
        var values = root.nestedContainer(keyedBy: Keys.self, forKey: .error)
        try values.encode(type, forKey: .type)
        try values.encode(message, forKey: .message)
        if !requestID.isEmpty { try values.encode(requestID, forKey: .requestID) }
    }

    var response: EndpointResponse {
        var response = EndpointResponse.json(encoding: self, status: status)
        if let retryAfter { response.headers.append(("Retry-After", String(retryAfter))) }
        return response
    }

    static func invalid(_ message: String) -> Self {
        Self(status: 400, type: "invalid_request", message: message)
    }

    static var tooLarge: Self {
        Self(status: 413, type: "too_large", message: "the body is longer than \(ChatQuestion.bodyLimit) bytes")
    }

    static var brokenClock: Self {
        Self(status: 503, type: "broken", message: "the clock is broken on purpose")
    }
}

extension ErrorAnswer {
    private static let leastWait = 1
    private static let longestWait = 3600

    /// What callers are told when the assistant has no answer.
    init(_ error: any Error) {
        switch error {
        case let error as ErrorAnswer: self = error
        case let error as ChatError: self.init(error)
        case is AgentError:
            self.init(status: 502, type: "no_answer", message: "the model came to no answer")
        case is CancellationError:
            self.init(status: 503, type: "stopping", message: "the service is stopping", retryAfter: Self.leastWait)
        default: self.init(status: 500, type: "internal", message: "something went wrong")
        }
    }

    private init(_ error: ChatError) {
        switch error {
        case .rateLimited(let wait):
            let seconds = wait.map { min($0.components.seconds, Int64(Self.longestWait)) + 1 } ?? Int64(Self.leastWait)
            self.init(
                status: 503, type: "model_busy", message: "the model takes no more requests for now",
                retryAfter: Int(seconds))
        case .timeout:
            self.init(status: 504, type: "model_timeout", message: "the model did not answer in time")
        case .server, .incomplete, .malformed, .unreachable:
            self.init(status: 502, type: "model_failed", message: "the model did not answer")
        }
    }
}
