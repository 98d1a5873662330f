import Foundation
import MonitoringCore
import Synchronization

@testable import MonitoringExport

/// A folder of a test's own, removed with the object.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "monitoring-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The root that the spool makes in it.
    var root: String { path + "/swift-agent-monitoring-\(geteuid())" }

    /// All paths below, relative, sorted.
    var contents: [String] {
        let found = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return found.sorted()
    }

    /// The absolute paths of the segments' files.
    var segments: [String] { contents.filter { $0.hasSuffix(".segment") }.map { path + "/" + $0 } }

    func settings(bytes: Int = 64 << 20, level: SpoolSettings.Level = .process) -> SpoolSettings {
        var settings = SpoolSettings()
        settings.directory = path
        settings.level = level
        settings.maximumBytes = bytes
        return settings
    }

    /// The files of a destination, as a process that starts would open them.
    func files(
        _ endpoint: String = "http://127.0.0.1:4318/v1/traces", service: String = "agent", bytes: Int = 64 << 20,
        level: SpoolSettings.Level = .process
    ) throws -> SpoolFiles? {
        let resource = Monitor.Resource([Monitor.KeyValue("service.name", .string(service))])
        let place = SpoolFiles.Place(signal: .traces, resource: resource, endpoint: try Endpoint(endpoint))
        return try SpoolFiles.open(place, settings(bytes: bytes, level: level))
    }

    /// A spool on files, as a process that starts would make it.
    func spool(
        _ endpoint: String = "http://127.0.0.1:4318/v1/traces", service: String = "agent", identity: String = "one",
        bytes: Int = 64 << 20, clock: any MonitoringClock = SpoolClock(), faults: FaultLog = FaultLog()
    ) throws -> Spool {
        var configuration = SpoolConfiguration.small(segments: 1_000)
        configuration.identity = Array(identity.utf8)
        return Spool(
            configuration: configuration, clock: clock,
            files: try files(endpoint, service: service, bytes: bytes), onFault: { faults.append($0) })
    }
}

/// What a spool told about its files.
final class FaultLog: Sendable {
    private let state = Mutex<[SpoolFault]>([])
    func append(_ fault: SpoolFault) { state.withLock { $0.append(fault) } }
    var all: [SpoolFault] { state.withLock { $0 } }
}
