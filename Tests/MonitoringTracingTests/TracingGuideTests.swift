import Foundation
import MonitoringCore
import MonitoringTracing
import Testing

@Suite struct TracingGuideTests {
    @Test func `the guide names every variable that is read`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = root.deletingLastPathComponent().appendingPathComponent("docs/tracing.md")
        let guide = try String(contentsOf: file, encoding: .utf8)
        for variable in TracingConfiguration.variables {
            #expect(guide.contains("`\(variable.name)`"), "\(variable.name)")
        }
    }
}
