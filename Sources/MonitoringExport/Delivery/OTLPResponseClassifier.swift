/// How an OTLP/HTTP receiver answers with JSON (specification 1.10, "OTLP/HTTP response").
///
/// 429, 502, 503 and 504 are worth another attempt; 413 is too, with less; every other failure is final. A partial
/// success is read for any signal, with counts as numbers or strings, `null` and unknown members everywhere.
package struct OTLPResponseClassifier: ResponseClassifier {
    private static let retryable: Set<Int> = [429, 502, 503, 504]
    private static let rejectedCounts: Set<String> = ["rejectedSpans", "rejectedLogRecords", "rejectedDataPoints"]

    /// Makes a classifier; there is no state.
    package init() {}

    package func verdict(for response: OutgoingResponse, recordCount: Int) -> ResponseVerdict {
        switch response.status {
        case 200..<300: Self.readSuccess(response.body, recordCount: recordCount)
        case let status where Self.retryable.contains(status): .retry(message: Self.readMessage(response.body))
        case 413: .tooLarge(message: Self.readMessage(response.body))
        default: .rejected(message: Self.readMessage(response.body))
        }
    }

    private static func readSuccess(_ body: [UInt8], recordCount: Int) -> ResponseVerdict {
        var rejected = 0
        var message = ""
        var reader = JSONReader(body)
        // A body that is no JSON changes nothing about the status.
        _ = reader.readObject { name, reader in
            guard name == "partialSuccess", reader.isAtObject() else { return reader.skipValue() }
            return reader.readObject { name, reader in
                if rejectedCounts.contains(name) {
                    let start = reader
                    if let count = reader.readInteger() {
                        rejected = Int(clamping: max(count, 0))
                        return true
                    }
                    reader = start
                } else if name == "errorMessage", reader.isAtString() {
                    message = reader.readString() ?? ""
                    return true
                }
                return reader.skipValue()
            }
        }
        return .accepted(rejected: min(rejected, recordCount), message: message.isEmpty ? nil : message)
    }

    /// The message of a `google.rpc.Status`.
    private static func readMessage(_ body: [UInt8]) -> String? {
        var message: String?
        var reader = JSONReader(body)
        _ = reader.readObject { name, reader in
            guard name == "message", reader.isAtString() else { return reader.skipValue() }
            message = reader.readString()
            return true
        }
        return message.flatMap { $0.isEmpty ? nil : $0 }
    }
}
