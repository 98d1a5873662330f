import Foundation
import MonitoringCore
import Testing

@testable import MonitoringExport

@Suite struct SpoolFilesTests {
    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `segments lie in folders of user, service and destination that nobody else may enter`() throws {
        let folder = try TemporaryFolder()
        let spool = try folder.spool("https://collector.example:4318/v1/traces?key=s3cr3t", service: "my agent/1")
        spool.append("a")
        let segment = try #require(folder.segments.first)
        let parts = segment.dropFirst(folder.root.count + 1).split(separator: "/").map(String.init)
        #expect(parts.count == 3)
        #expect(parts[0].hasPrefix("my-agent-1-") && parts[0].count == "my-agent-1-".count + 32)
        #expect(parts[1].hasPrefix("traces-") && parts[1].count == "traces-".count + 32)
        #expect(parts[2].hasSuffix("-1.segment"))
        #expect(try mode(segment) == 0o600)
        #expect(try mode(folder.root) == 0o700)
        #expect(try mode(folder.root + "/" + parts[0] + "/" + parts[1]) == 0o700)
        #expect(!folder.contents.joined().contains("s3cr3t") && !folder.contents.joined().contains("collector"))
    }

    @Test func `another service, receiver, path or namespace has another folder, another key or header the same`()
        throws
    {
        func folders(_ endpoint: String, _ service: String, _ namespace: String = "") throws -> [String] {
            var place = SpoolFiles.Place(
                signal: .traces, resource: Monitor.Resource(), endpoint: try Endpoint(endpoint))
            (place.service, place.namespace) = (service, namespace)
            return [place.serviceFolder, place.destinationFolder]
        }
        let one = try folders("http://a:1/v1/traces?key=1", "s")
        #expect(try folders("http://a:1/v1/traces?key=2", "s") == one)
        #expect(try folders("http://a:2/v1/traces", "s") != one)
        #expect(try folders("https://a:1/v1/traces", "s") != one)
        #expect(try folders("http://a:1/v2/traces", "s") != one)
        #expect(try folders("http://a:1/v1/traces", "t") != one)
        #expect(try folders("http://a:1/v1/traces", "s", "n") != one)
        #expect(try folders("http://a:1/", "ab", "c") != folders("http://a:1/", "b", "ca"))
    }

    @Test func `the hash is FNV-1a of 128 bits`() {
        // The empty text leaves the offset basis, but for the mark of its end.
        var empty = StableHash()
        #expect(empty.hexadecimal == "6c62272e07bb014262b821756295c58d")
        empty.combine("a")
        var other = StableHash()
        other.combine("b")
        #expect(empty.hexadecimal != other.hexadecimal && empty.hexadecimal.count == 32)
    }

    @Test func `nothing but the lock is made before the first record, and nothing stays when all is settled`() throws {
        let folder = try TemporaryFolder()
        let spool = try folder.spool()
        #expect(folder.segments.isEmpty && folder.contents.filter { $0.hasSuffix(".lock") }.count == 1)
        for _ in 0..<2_000 { spool.append(size: 200) }
        #expect(folder.segments.count > 2)
        #expect(spool.drain().count == 2_000)
        // The newest, and one for the next segment.
        #expect(folder.segments.count == 2)
        spool.close()
        #expect(folder.contents.filter { $0.contains(".") && !$0.hasSuffix("agent-monitoring-\(geteuid())") } == [])
    }

    @Test func `a file has all its blocks before anything is stored in it`() throws {
        let folder = try TemporaryFolder()
        let spool = try folder.spool()
        spool.append("a")
        var status = stat()
        let path = try #require(folder.segments.first)
        #expect(unsafe stat(path, &status) == 0)
        #expect(status.st_size == 1 << 16 && status.st_blocks * 512 >= status.st_size)
    }

    @Test func `a root that is a link, or that others may enter, is refused`() throws {
        let folder = try TemporaryFolder()
        let elsewhere = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(atPath: folder.root, withDestinationPath: elsewhere.path)
        #expect(throws: SpoolFiles.Fault.self) { try folder.files() }
        #expect(elsewhere.contents.isEmpty)
        try FileManager.default.removeItem(atPath: folder.root)
        try FileManager.default.createDirectory(
            atPath: folder.root, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o770])
        _ = unsafe chmod(folder.root, 0o770)
        #expect { try folder.files() } throws: { "\($0)".contains("others may enter") }
    }

    @Test(.enabled(if: geteuid() == 0)) func `a root of another user is refused`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.root, withIntermediateDirectories: false)
        _ = unsafe chmod(folder.root, 0o700)
        #expect(unsafe chown(folder.root, 12_345, 12_345) == 0)
        #expect { try folder.files() } throws: { "\($0)".contains("belongs to another user") }
    }

    @Test func `a base that cannot be used leads to memory, told once with path and reason`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/file"
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        var settings = SpoolSettings()
        settings.directory = file
        settings.level = .process
        let told = LockedList()
        let watch = SpoolWatch(source: "tracing", records: "spans") { told.append($0.message) }
        let endpoint = try Endpoint("http://127.0.0.1:4318/v1/traces")
        let place = SpoolFiles.Place(signal: .traces, resource: Monitor.Resource(), endpoint: endpoint)
        #expect(watch.open(place, settings) == nil)
        #expect(told.all.count == 1 && told.all[0].contains(file) && told.all[0].contains("not a folder"))
    }

    @Test func `files that cannot be had go on in memory, said once, and lose nothing while the process lives`() throws
    {
        let folder = try TemporaryFolder()
        let faults = FaultLog()
        let spool = try folder.spool(faults: faults)
        try FileManager.default.removeItem(atPath: folder.root)
        for number in 0..<100 { #expect(spool.append("\(number)") == .accepted) }
        #expect(spool.drain().count == 100)
        #expect(faults.all.count == 1)
        guard case .continuesInMemory(let reason) = faults.all.first else {
            Issue.record("\(faults.all)")
            return
        }
        #expect(reason.contains("is not there"))
    }

    @Test func `the budget covers all services, destinations and writers of the root`() throws {
        let folder = try TemporaryFolder()
        let budget = 16 << 16
        let spools = try ["a", "b"].flatMap { service in
            try ["http://h:1/v1/traces", "http://h:2/v1/traces"].map { endpoint in
                try folder.spool(endpoint, service: service, bytes: budget)
            }
        }
        for _ in 0..<3_000 { for spool in spools { spool.append(size: 500) } }
        let size = try folder.segments.reduce(0) { sum, path in
            sum + (try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int))
        }
        #expect(size <= budget && size > budget / 2)
        for spool in spools {
            let ledger = DeliveryLedger(of: spool).snapshot()
            #expect(ledger.imbalance == 0 && ledger.produced == 3_000 && (ledger.dropped["full"] ?? 0) > 0)
            #expect(ledger.queued > 0)
        }
    }

    @Test func `what waits at the close stays queued and in its files; what was settled goes`() throws {
        let folder = try TemporaryFolder()
        let spool = try folder.spool()
        for number in 0..<400 { spool.append(TestRecord("\(number) " + String(repeating: "x", count: 400))) }
        let files = folder.segments.count
        let batch = try #require(spool.nextBatch(300))
        batch.settle(.accepted(rejected: 0))
        spool.close()
        #expect(folder.segments.count < files && !folder.segments.isEmpty)
        #expect(spool.append("late") == .dropped(.closed))
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(
            ledger
                == Monitor.Ledger(
                    signal: "traces", produced: 401, delivered: 300, queued: 100, dropped: ["closed": 1]))
    }

    @Test func `a batch that is out at the close is settled in its file`() throws {
        let folder = try TemporaryFolder()
        let spool = try folder.spool()
        for text in ["a", "b", "c"] { spool.append(text) }
        let batch = try #require(spool.nextBatch(2))
        spool.close()
        #expect(batch.texts == ["a", "b"])
        batch.settle(.accepted(rejected: 0))
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 3, delivered: 2, queued: 1))
        let images = try folder.segments.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        #expect(try images.flatMap { try RecoveredImage([UInt8]($0)).records } == [TestRecord("c")])
    }
}

/// Texts that several threads may add to.
final class LockedList: Sendable {
    private let state = SharedState<[String]>([])
    func append(_ text: String) { state.withLock { $0.append(text) } }
    var all: [String] { state.withLock { $0 } }
}
