import Foundation

/// A file that is gone when the value is.
final class TemporaryFile: Sendable {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("demo-agent-\(UUID().uuidString)")

    var lines: [String] {
        get throws { try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init) }
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
