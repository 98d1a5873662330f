import CMonitoringShims
import Foundation
import MonitoringCore
import Synchronization
import Testing

@testable import MonitoringExport

extension ProcessWideTests {
    /// A spool that goes out of scope without being closed leaves what a killed process leaves: its files, and no lock.
    @Suite struct AdoptionTests {
        private func leave(_ texts: [String], in folder: TemporaryFolder, identity: String = "one") throws {
            let spool = try folder.spool(identity: identity)
            for text in texts { #expect(spool.append(text) == .accepted) }
        }

        @Test func `what the dead have left is sent first, under their identity, and their files go`() throws {
            let folder = try TemporaryFolder()
            try leave(["a", "b"], in: folder, identity: "dead")
            let faults = FaultLog()
            let spool = try folder.spool(identity: "alive", faults: faults)
            spool.append("c")
            spool.adopt()
            let first = try #require(spool.nextBatch())
            #expect(first.texts == ["a", "b"] && first.identity == Array("dead".utf8))
            first.settle(.accepted(rejected: 0))
            let second = try #require(spool.nextBatch())
            #expect(second.texts == ["c"] && second.identity == Array("alive".utf8))
            second.settle(.accepted(rejected: 0))
            let ledger = DeliveryLedger(of: spool).snapshot()
            #expect(ledger == Monitor.Ledger(signal: "traces", produced: 1, recovered: 2, delivered: 3))
            #expect(faults.all == [.recovered(records: 2)])
            #expect(folder.segments.count == 1)
            spool.close()
            #expect(folder.contents.filter { $0.hasSuffix(".lock") || $0.hasSuffix(".segment") } == [])
        }

        @Test func `the living are let alone`() throws {
            let folder = try TemporaryFolder()
            let one = try folder.spool()
            one.append("a")
            let two = try folder.spool()
            two.adopt()
            #expect(two.nextBatch() == nil)
            #expect(one.drain() == [TestRecord("a")])
        }

        @Test func `segments of several dead, and of several lives, come in order, each of them once`() throws {
            let folder = try TemporaryFolder()
            for life in 0..<4 {
                try leave((0..<600).map { "\(life)/\($0) " + String(repeating: "x", count: 300) }, in: folder)
            }
            let spool = try folder.spool()
            spool.adopt()
            let texts = spool.drain().map { String(decoding: $0.bytes, as: UTF8.self) }
            #expect(texts.count == 2_400 && Set(texts).count == 2_400)
            for life in 0..<4 {
                let numbers = texts.filter { $0.hasPrefix("\(life)/") }.compactMap { text in
                    Int(text.dropFirst(2).prefix { $0 != " " })
                }
                #expect(numbers == Array(0..<600))
            }
            #expect(folder.segments.isEmpty)
        }

        @Test func `an heir that dies leaves the rest to the next one`() throws {
            let folder = try TemporaryFolder()
            try leave((0..<900).map { "\($0) " + String(repeating: "x", count: 300) }, in: folder)
            var seen: [TestRecord] = []
            for _ in 0..<3 {
                let heir = try folder.spool()
                heir.adopt()
                let batch = try #require(heir.nextBatch(100))
                seen += batch.records
                batch.settle(.accepted(rejected: 0))
                // Taken and not settled: nobody has it.
                _ = heir.nextBatch(50)
            }
            let last = try folder.spool()
            last.adopt()
            seen += last.drain()
            #expect(seen.count == 900 && Set(seen).count == 900)
        }

        @Test func `of many heirs at once each record finds one`() async throws {
            let folder = try TemporaryFolder()
            for life in 0..<6 { try leave((0..<200).map { "\(life)/\($0)" }, in: folder) }
            let spools = try (0..<4).map { _ in try folder.spool() }
            let texts = LockedList()
            onThreads(
                spools.map { spool in
                    { @Sendable in
                        spool.adopt()
                        for record in spool.drain() { texts.append(String(decoding: record.bytes, as: UTF8.self)) }
                    }
                })
            #expect(texts.all.count == 1_200 && Set(texts.all).count == 1_200)
        }

        @Test func `another service and another receiver adopt nothing`() throws {
            let folder = try TemporaryFolder()
            try leave(["a"], in: folder)
            for (endpoint, service) in [("http://127.0.0.1:4318/v1/traces", "other"), ("http://h/v1/traces", "agent")] {
                let spool = try folder.spool(endpoint, service: service)
                spool.adopt()
                #expect(spool.nextBatch() == nil)
            }
            let heir = try folder.spool()
            heir.adopt()
            #expect(heir.drain() == [TestRecord("a")])
        }

        @Test func `a full budget drops the dead's oldest before anything of one's own`() throws {
            let folder = try TemporaryFolder()
            let budget = 8 << 16
            do {
                let dead = try folder.spool(bytes: budget)
                for _ in 0..<400 { #expect(dead.append(size: 500) == .accepted) }
            }
            let spool = try folder.spool(bytes: budget)
            spool.adopt()
            let recovered = DeliveryLedger(of: spool).snapshot().recovered
            #expect(recovered > 300)
            for number in 0..<600 {
                #expect(spool.append("own \(number) " + String(repeating: "y", count: 500)) == .accepted)
            }
            let ledger = DeliveryLedger(of: spool).snapshot()
            #expect(ledger.imbalance == 0 && ledger.produced == 600 && ledger.recovered == recovered)
            let texts = spool.drain().map { String(decoding: $0.bytes, as: UTF8.self) }
            #expect(texts.count { $0.hasPrefix("own") } == 600)
            #expect(ledger.dropped["full"] == recovered + 600 - texts.count)
        }

        @Test func `another version is set aside, told once, and goes with its age`() throws {
            let folder = try TemporaryFolder()
            try leave(["a"], in: folder)
            let path = try #require(folder.segments.first)
            var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            bytes[8] = 9
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let faults = FaultLog()
            let clock = SpoolClock()
            let now = UInt64(Date().timeIntervalSince1970) * 1_000_000_000
            clock.advance(by: now - clock.unixNanoseconds)
            let spool = try folder.spool(clock: clock, faults: faults)
            for _ in 0..<3 { spool.adopt() }
            #expect(faults.all.count == 1 && spool.nextBatch() == nil)
            guard case .setAside(let told, let reason) = faults.all.first else {
                Issue.record("\(faults.all)")
                return
            }
            #expect(told == path && reason.contains("version 9"))
            #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
            clock.advance(by: 25 * 3_600 * 1_000_000_000)
            spool.adopt()
            #expect(folder.segments.isEmpty)
            #expect(faults.all.last == .expired(path: path, records: 0))
        }

        @Test func `segments without a lock file are adopted too`() throws {
            let folder = try TemporaryFolder()
            try leave(["a"], in: folder)
            for name in folder.contents where name.hasSuffix(".lock") {
                try FileManager.default.removeItem(atPath: folder.path + "/" + name)
            }
            let spool = try folder.spool()
            spool.adopt()
            #expect(spool.drain() == [TestRecord("a")])
        }

        @Test func `files that were begun and not finished are removed`() throws {
            let folder = try TemporaryFolder()
            try leave(["a"], in: folder)
            let path = try #require(folder.segments.first)
            let stem = path.dropLast("1.segment".count)
            _ = FileManager.default.createFile(atPath: stem + "2.segment", contents: Data())
            _ = FileManager.default.createFile(atPath: stem + "3.segment", contents: Data(count: 100))
            _ = FileManager.default.createFile(atPath: stem + "4.segment", contents: Data(count: 1 << 16))
            let faults = FaultLog()
            let spool = try folder.spool(faults: faults)
            spool.adopt()
            #expect(spool.drain() == [TestRecord("a")])
            #expect(folder.segments.isEmpty && faults.all == [.recovered(records: 1)])
        }

        @Test func `links and foreign things among the files are left alone`() throws {
            let folder = try TemporaryFolder()
            try leave(["a"], in: folder)
            let path = try #require(folder.segments.first)
            let stem = path.dropLast("1.segment".count)
            let secret = folder.path + "/secret"
            _ = FileManager.default.createFile(atPath: secret, contents: Data("keep".utf8))
            try FileManager.default.createSymbolicLink(atPath: stem + "2.segment", withDestinationPath: secret)
            try FileManager.default.linkItem(atPath: secret, toPath: stem + "3.segment")
            _ = unsafe mkfifo(stem + "4.segment", 0o600)
            try FileManager.default.createDirectory(atPath: stem + "5.segment", withIntermediateDirectories: false)
            let spool = try folder.spool()
            spool.adopt()
            #expect(spool.drain() == [TestRecord("a")])
            #expect(FileManager.default.contents(atPath: secret) == Data("keep".utf8))
        }

        @Test func `what nobody sends any more is told once, kept, and counted as too old at last`() throws {
            let folder = try TemporaryFolder()
            let clock = SpoolClock()
            do {
                let old = try folder.spool("http://former/v1/traces", clock: clock)
                for text in ["a", "b"] { old.append(text) }
                let stranger = try folder.spool("http://former/v1/traces", service: "stranger", clock: clock)
                stranger.append("c")
            }
            let faults = FaultLog()
            let spool = try folder.spool(clock: clock, faults: faults)
            for _ in 0..<2 { spool.sweep() }
            #expect(faults.all.count == 1 && folder.segments.count == 2)
            guard case .unclaimed = faults.all.first else {
                Issue.record("\(faults.all)")
                return
            }
            clock.advance(by: 24 * 3_600 * 1_000_000_000 + 1)
            spool.sweep()
            #expect(folder.segments.isEmpty)
            let ledger = DeliveryLedger(of: spool).snapshot()
            #expect(ledger == Monitor.Ledger(signal: "traces", recovered: 3, dropped: ["too-old": 3]))
            #expect(faults.all.count == 3)
        }

        @Test func `a sweep lets the living alone`() throws {
            let folder = try TemporaryFolder()
            let clock = SpoolClock()
            let other = try folder.spool("http://other/v1/traces", clock: clock)
            other.append("a")
            let faults = FaultLog()
            let spool = try folder.spool(clock: clock, faults: faults)
            clock.advance(by: 48 * 3_600 * 1_000_000_000)
            spool.sweep()
            #expect(faults.all.isEmpty && other.drain() == [TestRecord("a")])
        }

        @Test func `an heir says what the dead had dropped`() throws {
            let folder = try TemporaryFolder()
            do {
                let dead = try folder.spool()
                dead.append("a")
                dead.countDropped(7, reason: "too-large")
            }
            let faults = FaultLog()
            let spool = try folder.spool(faults: faults)
            spool.adopt()
            #expect(faults.all == [.recovered(records: 1), .droppedBefore(records: 7)])
            #expect(DeliveryLedger(of: spool).snapshot() == Monitor.Ledger(signal: "traces", recovered: 1, queued: 1))
        }

        @Test func `a closed spool adopts nothing, and leaves it whole`() throws {
            let folder = try TemporaryFolder()
            try leave(["a"], in: folder)
            do {
                let spool = try folder.spool()
                spool.close()
                spool.adopt()
            }
            let heir = try folder.spool()
            heir.adopt()
            #expect(heir.drain() == [TestRecord("a")])
        }

        @Test func `an adopted record that is put back and left at the close is there for the next`() throws {
            let folder = try TemporaryFolder()
            try leave(["a", "b"], in: folder)
            let spool = try folder.spool()
            spool.adopt()
            let batch = try #require(spool.nextBatch(1))
            batch.settle(.accepted(rejected: 0))
            spool.close()
            let ledger = DeliveryLedger(of: spool).snapshot()
            #expect(ledger == Monitor.Ledger(signal: "traces", recovered: 2, delivered: 1, queued: 1))
            let next = try folder.spool()
            next.adopt()
            #expect(next.drain() == [TestRecord("b")])
        }

        @Test func `a clock that was set forward makes nothing old that was written since the boot`() throws {
            let folder = try TemporaryFolder()
            let clock = SpoolClock()
            let spool = try folder.spool(clock: clock)
            spool.append("a")
            clock.setForward(by: 72 * 3_600 * 1_000_000_000)
            let batch = try #require(spool.nextBatch())
            #expect(clock.unixNanoseconds - batch.oldestUnixNanoseconds == 0)
            clock.advance(by: 5_000_000_000)
            batch.settle(.putBack)
            let later = try #require(spool.nextBatch())
            #expect(clock.unixNanoseconds - later.oldestUnixNanoseconds == 5_000_000_000)
        }

        @Test func `a forked child holds no lock of its parent's`() throws {
            let folder = try TemporaryFolder()
            var spool: Spool? = try folder.spool()
            spool?.append("a")
            var pipe: [Int32] = [0, 0]
            try #require(unsafe Foundation.pipe(&pipe) == 0)
            var ready: [Int32] = [0, 0]
            try #require(unsafe Foundation.pipe(&ready) == 0)
            let child = fork()
            if child == 0 {
                // Lives until the parent has had its turn.
                close(pipe[1])
                _ = unsafe write(ready[1], "r", 1)
                var byte: UInt8 = 0
                _ = unsafe read(pipe[0], &byte, 1)
                _exit(0)
            }
            close(pipe[0])
            // It has run, and so it has let go.
            var byte: UInt8 = 0
            #expect(unsafe read(ready[0], &byte, 1) == 1)
            spool = nil
            let heir = try folder.spool()
            heir.adopt()
            #expect(heir.drain() == [TestRecord("a")])
            close(pipe[1])
            var status: Int32 = 0
            #expect(unsafe waitpid(child, &status, 0) == child && status == 0)
        }
    }
}
