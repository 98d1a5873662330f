import Foundation
import Testing

@testable import MonitoringCore

@Suite struct ConfigurationDocumentTests {
    private static func rows() throws -> [[String]] {
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appendingPathComponent("docs/configuration.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test(arguments: Monitor.Variable.core) func `every variable of the core has its row`(
        _ variable: Monitor.Variable
    ) throws {
        let row = try #require(try Self.rows().first { $0.first == "`\(variable.name)`" })
        #expect(row[1] == variable.aliases.map { "`\($0)`" }.joined(separator: ", "))
    }

    @Test(arguments: Monitor.Flag.standard) func `every switch has its row with the default`(
        _ flag: Monitor.Flag
    ) throws {
        let row = try #require(try Self.rows().first { $0.first == "`\(flag.name)`" })
        #expect(row[1] == flag.aliases.map { "`\($0)`" }.joined(separator: ", "))
        #expect(row[2] == flag.variable.defaultText)
        if case .onWhenSet(let names) = flag.default {
            for name in names { #expect(row[3].contains("`\(name)`"), "\(name)") }
        }
    }
}
