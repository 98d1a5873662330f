import Foundation

/// One line of the relay's output: the headers of the request to somebody else.
struct RelayAnswer: Sendable, Hashable, Encodable {
    var headers: [String: String]

    /// The answer as one line of JSON.
    ///
    /// - Returns: The bytes, without the line's end.
    func line() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
