import MonitoringCore

/// A request line and its headers.
struct RequestHead {
    enum Framing {
        case length(Int)
        case chunked
        case invalid
    }

    let method: String
    let path: String
    let headers: Monitor.Headers

    /// Reads a head; `nil` when it is not one of HTTP/1.1 or 1.0.
    init?(_ bytes: ArraySlice<UInt8>) {
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: true)[
            ...]
        let words = lines.popFirst()?.split(separator: " ", omittingEmptySubsequences: false) ?? []
        guard words.count == 3, !words[0].isEmpty, !words[1].isEmpty, words[2].hasPrefix("HTTP/1.") else { return nil }
        method = String(words[0])
        path = String(words[1])
        var pairs: [(String, String)] = []
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            pairs.append((String(line[..<colon]), String(value)))
        }
        headers = Monitor.Headers(pairs)
    }

    var framing: Framing {
        let lengths = headers.values("content-length")
        if let coding = headers.values("transfer-encoding").last {
            return coding.lowercased() == "chunked" && lengths.isEmpty ? .chunked : .invalid
        }
        guard let first = lengths.first else { return .length(0) }
        guard lengths.count == 1, let length = Int(first), length >= 0 else { return .invalid }
        return .length(length)
    }

    var expectsContinue: Bool { headers.values("expect").contains { $0.lowercased() == "100-continue" } }

    func request(_ body: [UInt8]) -> ReceivedRequest {
        ReceivedRequest(method: method, path: path, headers: headers, body: body)
    }
}

extension ReceivedRequest {
    /// Whether the client wants the connection closed after the answer.
    var isLast: Bool { headers.values("connection").contains { $0.lowercased() == "close" } }
}
