import MonitoringCore

/// What `POST /chat` answers; without the answer's text it is what ends a stream.
struct ChatReply: Sendable, Hashable, Encodable {
    private enum Keys: String, CodingKey {
        case answer
        case conversation
        case user
        case requestID = "request_id"
        case usage
    }

    private enum UsageKeys: String, CodingKey {
        case input = "input_tokens"
        case cachedInput = "cached_input_tokens"
        case output = "output_tokens"
        case reasoning = "reasoning_tokens"
    }

    var answer: String?
    var session: Session
    /// Empty where nobody observes the request.
    var requestID: String
    var usage: ChatResponse.Usage?

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Keys.self)
        try values.encodeIfPresent(answer, forKey: .answer)
        try values.encode(session.conversation, forKey: .conversation)
        try values.encode(session.user, forKey: .user)
        if !requestID.isEmpty { try values.encode(requestID, forKey: .requestID) }
        guard let usage else { return }
        var counts = values.nestedContainer(keyedBy: UsageKeys.self, forKey: .usage)
        try counts.encode(usage.input, forKey: .input)
        try counts.encode(usage.cachedInput, forKey: .cachedInput)
        try counts.encode(usage.output, forKey: .output)
        try counts.encode(usage.reasoning, forKey: .reasoning)
    }
}
