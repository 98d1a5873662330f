/// What a receiver answers to a request.
public struct ReceiverAnswer: Sendable {
    /// The status code.
    public var status: Int
    /// Headers besides `Content-Length`, which is added unless it stands here.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: Headers besides `Content-Length`.
    ///   - body: The body.
    public init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Accepts: 200 with an empty JSON object, which is OTLP's "all of it".
    public static var accepted: ReceiverAnswer { .json("{}") }

    /// JSON.
    ///
    /// - Parameters:
    ///   - text: The JSON text.
    ///   - status: The status code.
    /// - Returns: The answer.
    public static func json(_ text: String, status: Int = 200) -> ReceiverAnswer {
        ReceiverAnswer(status: status, headers: [("Content-Type", "application/json")], body: Array(text.utf8))
    }

    /// A status and no body.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: Headers such as `Retry-After`.
    /// - Returns: The answer.
    public static func status(_ status: Int, _ headers: KeyValuePairs<String, String> = [:]) -> ReceiverAnswer {
        ReceiverAnswer(status: status, headers: headers.map { ($0.key, $0.value) })
    }

    /// The answer as bytes on the wire; one to `HEAD` tells a length and has no body.
    func bytes(hasBody: Bool = true) -> [UInt8] {
        var head = "HTTP/1.1 \(status) \(status < 400 ? "OK" : "No")\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        let isFramed = headers.contains { name, _ in
            ["content-length", "transfer-encoding"].contains(name.lowercased())
        }
        if !isFramed { head += "Content-Length: \(body.count)\r\n" }
        return Array((head + "\r\n").utf8) + (hasBody ? body : [])
    }
}
