import Foundation

/// JSON as OpenAI's API writes it: names in snake case.
enum OpenAIJSON {
    /// The value in some bytes.
    ///
    /// - Throws: ``ChatError/malformed`` when it is not there.
    static func decoded<Value: Decodable>(_ type: Value.Type, _ bytes: some Sequence<UInt8>) throws(ChatError) -> Value
    {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let value = try? decoder.decode(type, from: Data(bytes)) else { throw .malformed }
        return value
    }

    /// The bytes of a value.
    static func encoded(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}
