import Foundation

/// One line of the relay's input: the headers that came with a request, and whether their sender is trusted.
struct RelayRequest: Sendable, Hashable, Decodable {
    enum Trust: String, Sendable, Decodable {
        case parent
        case link
    }

    var headers: [String: String]
    var trust: Trust

    private enum Keys: String, CodingKey {
        case headers
        case trust
    }

    /// Reads a line.
    ///
    /// - Throws: `DecodingError` for a line that is no such object; `trust` may be missing and means `parent`.
    init(line: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(line.utf8))
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Keys.self)
        self.headers = try values.decode([String: String].self, forKey: .headers)
        self.trust = try values.decodeIfPresent(Trust.self, forKey: .trust) ?? .parent
    }
}
