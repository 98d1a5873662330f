import Foundation

/// What `POST /chat` takes.
struct ChatQuestion: Sendable, Hashable {
    /// The longest body, in bytes.
    static let bodyLimit = 64 << 10
    private static let longestQuestion = 16 << 10
    private static let longestName = 200

    private struct Body: Decodable {
        var question: String
        var conversation: String?
        var user: String?
    }

    var question: String
    var session: Session

    /// Reads a body; a conversation or a user that is not named is made up.
    ///
    /// - Throws: What to answer.
    init(body: [UInt8]) throws(ErrorAnswer) {
        guard body.count <= Self.bodyLimit else { throw .tooLarge }
        let read = try Self.decoded(body)
        question = read.question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !question.isEmpty else { throw .invalid("question is empty") }
        guard question.utf8.count <= Self.longestQuestion else {
            throw .invalid("question is longer than \(Self.longestQuestion) bytes")
        }
        session = Session(
            user: try Self.name(read.user, "user") ?? "reader-\(UUID().uuidString.lowercased())",
            conversation: try Self.name(read.conversation, "conversation") ?? UUID().uuidString.lowercased()
        )
    }

    private static func decoded(_ body: [UInt8]) throws(ErrorAnswer) -> Body {
        do {
            return try JSONDecoder().decode(Body.self, from: Data(body))
        } catch DecodingError.keyNotFound(let key, _) {
            throw .invalid("\(key.stringValue) is missing")
        } catch DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty {
            throw .invalid("\(context.codingPath.map(\.stringValue).joined(separator: ".")) must be text")
        } catch DecodingError.valueNotFound(_, let context) where !context.codingPath.isEmpty {
            throw .invalid("\(context.codingPath.map(\.stringValue).joined(separator: ".")) must be text")
        } catch {
            throw .invalid(#"the body must be JSON such as {"question": "When is story hour?"}"#)
        }
    }

    private static func name(_ text: String?, _ field: String) throws(ErrorAnswer) -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.count <= longestName else { throw .invalid("\(field) is longer than \(longestName) bytes") }
        return text
    }
}
