import Foundation

/// A tool call's arguments: JSON text as the model wrote it, not yet known to be valid.
struct ToolArguments: Sendable, Hashable {
    let json: String

    init(json: String) {
        self.json = json
    }

    /// The JSON of one string parameter.
    init(_ name: String, _ value: String) {
        self.init(json: "{\(Self.quoted(name)):\(Self.quoted(value))}")
    }

    /// Reads the arguments.
    ///
    /// - Throws: ``ToolError/invalidArguments(tool:reason:)`` for text that is no JSON or has not the tool's shape.
    func decoded<Parameters: Decodable>(as type: Parameters.Type, for tool: String) throws(ToolError) -> Parameters {
        do {
            return try JSONDecoder().decode(type, from: Data(json.utf8))
        } catch {
            throw .invalidArguments(tool: tool, reason: Self.reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "\(key.stringValue) is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            context.codingPath.last.map { "\($0.stringValue) is of the wrong type" } ?? "not a JSON object"
        default: "not a JSON object"
        }
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // A string always encodes.
        guard let data = try? encoder.encode(text) else { return "\"\"" }
        return String(decoding: data, as: UTF8.self)
    }
}
