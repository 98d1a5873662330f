import Foundation
import MonitoringCore
import MonitoringServer
import Testing

@Suite struct ServerGuideTests {
    private static func text(of path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = root.deletingLastPathComponent().appendingPathComponent(path)
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test func `the table of variables has a row for each, with its default and its aliases`() throws {
        let table = try Self.text(of: "docs/configuration.md")
        for variable in ServerConfiguration.variables {
            let row = try #require(table.split(separator: "\n").first { $0.hasPrefix("| `\(variable.name)` |") })
            #expect(variable.aliases.allSatisfy { row.contains("`\($0)`") })
            #expect(row.contains("| \(variable.defaultText.isEmpty ? "" : "`\(variable.defaultText)` ")|"))
            #expect(row.contains(variable.meaning))
        }
    }

    @Test func `the guide names every variable, and every limit with its default`() throws {
        let guide = try Self.text(of: "docs/server.md")
        for variable in ServerConfiguration.variables {
            #expect(guide.contains("`\(variable.name)`"), "\(variable.name)")
        }
        for limit in Mirror(reflecting: EndpointServer.Limits()).children {
            let row = try #require(guide.split(separator: "\n").first { $0.hasPrefix("| `\(limit.label ?? "")` |") })
            let number = (limit.value as? Int).map { String($0) } ?? "\(limit.value)"
            #expect(row.contains("| \(number.replacingOccurrences(of: ".0 seconds", with: " s")) |"), "\(row)")
        }
    }
}
