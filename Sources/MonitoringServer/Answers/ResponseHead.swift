internal import MonitoringCore

/// The head of an answer, as it is written.
struct ResponseHead {
    /// How the reader learns where the body ends.
    enum Framing: Hashable {
        /// There is no body, and nothing to say of its length.
        case none
        case length(Int)
        case chunked
        case untilClose
    }

    let status: Int
    let headers: [(name: String, value: String)]
    let framing: Framing
    /// What the `Connection` header says; `nil` where it need not be there.
    let connection: String?
    let date: String

    /// Headers that the server alone writes.
    private static let own = [
        "connection", "content-length", "date", "keep-alive", "trailer", "transfer-encoding", "upgrade",
    ]

    /// Status line and headers, the empty line included.
    ///
    /// A header whose name or value could end the line, and with it the head, is left out.
    var bytes: [UInt8] {
        var text = "HTTP/1.1 \(status) \(StatusPhrase.text(status))\r\nDate: \(date)\r\n"
        if let connection { text += "Connection: \(connection)\r\n" }
        switch framing {
        case .none, .untilClose: break
        case .length(let count): text += "Content-Length: \(count)\r\n"
        case .chunked: text += "Transfer-Encoding: chunked\r\n"
        }
        for header in headers where Self.isAllowed(header) { text += "\(header.name): \(header.value)\r\n" }
        text += "\r\n"
        return Array(text.utf8)
    }

    private static func isAllowed(_ header: (name: String, value: String)) -> Bool {
        guard !header.name.isEmpty, header.name.utf8.allSatisfy(\.isToken),
            header.value.utf8.allSatisfy(\.isFieldContent)
        else { return false }
        return !own.contains { HeaderText.isSameName($0, header.name) }
    }
}

extension EndpointResponse {
    /// One short sentence, as the layer says it.
    static func sentence(_ text: String, status: Int, _ headers: [(name: String, value: String)] = []) -> Self {
        var response = EndpointResponse.text(text + "\n", status: status)
        response.headers += headers
        return response.guarded
    }

    /// With the headers of the layer's own pages, where it does not set them: nothing is stored, nothing is guessed.
    var guarded: Self {
        var response = self
        let guards = [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")]
        for (name, value) in guards where !headers.contains(where: { HeaderText.isSameName($0.name, name) }) {
            response.headers.append((name, value))
        }
        return response
    }
}
