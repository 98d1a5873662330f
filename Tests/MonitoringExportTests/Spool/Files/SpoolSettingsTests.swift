import Foundation
import MonitoringCore
import Testing

@testable import MonitoringExport

@Suite struct SpoolSettingsTests {
    private func read(_ environment: Monitor.Environment) -> (SpoolSettings, [String]) {
        var settings = SpoolSettings()
        var problems: [String] = []
        settings.apply(environment) { problems.append($0.subject) }
        return (settings, problems)
    }

    @Test func `under a test runner nothing is written unless somebody asks`() {
        #expect(read([:]).0.level == .memory)
        #expect(read(["MONITORING_SPOOL_DIR": "/x"]).0.level == .process)
        #expect(read(["MONITORING_SPOOL": "disk"]).0.level == .disk)
        #expect(read(["MONITORING_SPOOL": "memory", "MONITORING_SPOOL_DIR": "/x"]).0.level == .memory)
    }

    @Test(arguments: [
        ("MONITORING_SPOOL", "ram"), ("MONITORING_SPOOL_MAX_BYTES", "1000"), ("MONITORING_SPOOL_MAX_BYTES", "64M"),
        ("MONITORING_SPOOL_DIR", "spool"), ("MONITORING_SPOOL_DIR", "-1"), ("MONITORING_SPOOL_DIR", "/a\u{0}b"),
    ])
    func `a bad value is told and leaves the default`(name: String, value: String) {
        let (settings, problems) = read(Monitor.Environment([name: value]))
        #expect(problems == [name])
        #expect(settings.level == .memory && settings.maximumBytes == 64 << 20)
    }

    @Test func `the user's state folder comes first, then what is temporary; what is no absolute path is not taken`() {
        let (settings, _) = read(["XDG_STATE_HOME": "/state", "HOME": "/home/me", "TMPDIR": "/var/tmp"])
        #expect(settings.bases.map(\.existing) == ["/state", "/home/me", "/var/tmp", "/tmp"])
        #expect(settings.bases[1].below == [".local", "state"])
        #expect(read(["XDG_STATE_HOME": "state"]).0.bases.map(\.existing) == ["/tmp"])
        #expect(read(["HOME": "/h", "MONITORING_SPOOL_DIR": "/a/b"]).0.bases.map(\.below) == [["a", "b"]])
    }

    @Test func `a folder that code asks for must be absolute, too`() throws {
        var settings = SpoolSettings()
        settings.level = .process
        let endpoint = try Endpoint("http://127.0.0.1:4318/v1/traces")
        let place = SpoolFiles.Place(signal: .traces, resource: Monitor.Resource(), endpoint: endpoint)
        for directory in ["spool", "", "../x", "/a\u{0}"] {
            settings.directory = directory
            #expect(throws: SpoolFiles.Fault.self) { try SpoolFiles.open(place, settings) }
        }
    }

    @Test func `a folder that is asked for is made, and one that is not cannot be made for a home that is missing`()
        throws
    {
        let folder = try TemporaryFolder()
        var settings = SpoolSettings()
        settings.apply(["MONITORING_SPOOL_DIR": folder.path + "/a/b"]) { _ in }
        let endpoint = try Endpoint("http://127.0.0.1:4318/v1/traces")
        let place = SpoolFiles.Place(signal: .traces, resource: Monitor.Resource(), endpoint: endpoint)
        #expect(try SpoolFiles.open(place, settings)?.path.hasPrefix(folder.path + "/a/b/swift-agent") == true)
        #expect(throws: FileFault.self) { try Folder(base: folder.path + "/none", making: [".local", "state"]) }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/none"))
    }

    @Test(arguments: SpoolSettings.variables) func `every variable of the spool has its row`(
        _ variable: Monitor.Variable
    ) throws {
        let root = (0..<5).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let text = try String(contentsOf: root.appendingPathComponent("docs/configuration.md"), encoding: .utf8)
        #expect(text.contains("\n| `\(variable.name)` |"))
    }
}
