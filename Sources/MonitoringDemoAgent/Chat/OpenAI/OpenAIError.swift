import MonitoringCore

/// What a server says when it fails: `{"error": {"message": …}}`, or in some the text alone.
struct OpenAIError: Decodable {
    private struct Body: Decodable {
        var error: OpenAIError?
    }

    private struct Fields: Decodable {
        var message: String?
        var code: Code?
    }

    /// A number with some servers, a word with others.
    private struct Code: Decodable {
        var number: Int?

        init(from decoder: any Decoder) throws {
            number = try? decoder.singleValueContainer().decode(Int.self)
        }
    }

    private static let longestMessage = 200

    var message: String
    /// A status, if the code is one.
    var status: Int?

    init(from decoder: any Decoder) throws {
        let fields = try? decoder.singleValueContainer().decode(Fields.self)
        let text = try? decoder.singleValueContainer().decode(String.self)
        message = Self.line(fields?.message ?? text ?? "no reason given")
        status = fields?.code?.number.flatMap { (400...599).contains($0) ? $0 : nil }
    }

    /// The error in a body.
    init?(body: [UInt8]) {
        guard let error = (try? OpenAIJSON.decoded(Body.self, body))?.error else { return nil }
        self = error
    }

    /// The text as one short line.
    private static func line(_ text: String) -> String {
        String(text.prefix(longestMessage).map { $0.isNewline ? " " : $0 })
    }
}

extension ChatError {
    /// The error of an answer that is not 200.
    init(status: Int, headers: Monitor.Headers, body: [UInt8]) {
        self =
            switch status {
            case 429: .rateLimited(retryAfter: Self.retryAfter(headers))
            default: .server(status: status, message: OpenAIError(body: body)?.message ?? "no reason given")
            }
    }

    /// The error that an event within a stream tells.
    init(_ error: OpenAIError) {
        self =
            error.status == 429
            ? .rateLimited(retryAfter: nil) : .server(status: error.status ?? 500, message: error.message)
    }

    /// The error of an exchange.
    init(_ failure: HTTPFailure) {
        self =
            switch failure {
            case .unreachable: .unreachable
            case .timeout(let limit): .timeout(after: limit)
            case .broken: .incomplete
            case .tooLong: .malformed
            }
    }

    /// How long to wait: in milliseconds as OpenAI says it, or in seconds; a date is not read.
    private static func retryAfter(_ headers: Monitor.Headers) -> Duration? {
        func number(_ name: String) -> Double? {
            headers.values(name).first.flatMap(Double.init).flatMap { (0...86_400_000).contains($0) ? $0 : nil }
        }
        if let milliseconds = number("retry-after-ms") { return .milliseconds(milliseconds) }
        return number("retry-after").map { .seconds(min($0, 86_400)) }
    }
}
