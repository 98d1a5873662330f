import Foundation
import Testing

/// The files beside the tests.
enum Fixture {
    static func json(_ name: String) throws -> JSONValue {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        return try JSONValue(parsing: Array(Data(contentsOf: url)))
    }
}
