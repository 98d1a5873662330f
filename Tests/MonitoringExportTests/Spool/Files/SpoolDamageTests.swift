import Foundation
import MonitoringCore
import MonitoringTesting
import Testing

@testable import MonitoringExport

#if canImport(Glibc)
    import Glibc
#endif

extension ProcessWideTests {
    /// Files that were damaged between two runs, and disks that fill.
    @Suite struct SpoolDamageTests {
        private enum Damage: CaseIterable {
            case flip
            case zero
            case garbage
            case cut
            case extend
            case swap
        }

        private func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
            guard !bytes.isEmpty, let damage = Damage.allCases.randomElement(using: &random) else { return }
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 1...5_000, using: &random))
            switch damage {
            case .flip: bytes[start] ^= UInt8.random(in: 1...255, using: &random)
            case .zero: for index in start..<end { bytes[index] = 0 }
            case .garbage: for index in start..<end { bytes[index] = UInt8.random(in: 0...255, using: &random) }
            case .cut: bytes.removeLast(bytes.count - start)
            case .extend: bytes += [UInt8](repeating: 0x5a, count: end - start)
            case .swap:
                let size = min(1_024, bytes.count / 2)
                let other = Int.random(in: 0...bytes.count - size, using: &random)
                let from = min(start, bytes.count - size)
                for index in 0..<size { bytes.swapAt(from + index, other + index) }
            }
        }

        @Test func `whatever happened to the bytes, nothing comes out that did not go in, and nothing twice`() throws {
            let folder = try TemporaryFolder()
            var expected: Set<TestRecord> = []
            do {
                let spool = try folder.spool()
                for number in 0..<250 {
                    let record = TestRecord("\(number) " + String(repeating: "r", count: number % 90))
                    spool.append(record)
                    expected.insert(record)
                }
            }
            let path = try #require(folder.segments.first)
            let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            var whole = 0
            for round in 0..<max(40, FuzzRounds.count(20_000) / 500) {
                var random = SeededGenerator(seed: UInt64(round))
                var bytes = sound
                for _ in 0..<Int.random(in: 1...4, using: &random) { damage(&bytes, &random) }
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                let spool = try folder.spool()
                spool.adopt()
                let records = spool.drain()
                let strangers = records.filter { !expected.contains($0) }
                #expect(strangers.isEmpty, "round \(round)")
                #expect(Set(records).count == records.count, "round \(round)")
                #expect(DeliveryLedger(of: spool).snapshot().imbalance == 0, "round \(round)")
                whole += records.count
                spool.close()
                for left in folder.segments { try FileManager.default.removeItem(atPath: left) }
            }
            // Damage costs lanes, not everything.
            #expect(whole > 0)
        }

        @Test func `a file that was cut short costs what was cut off, and is told`() throws {
            let folder = try TemporaryFolder()
            do {
                let spool = try folder.spool()
                for number in 0..<200 { spool.append("\(number) " + String(repeating: "x", count: 100)) }
            }
            let path = try #require(folder.segments.first)
            #expect(unsafe truncate(path, 12_000) == 0)
            let faults = FaultLog()
            let spool = try folder.spool(faults: faults)
            spool.adopt()
            let count = spool.drain().count
            #expect(count > 40 && count < 80)
            #expect(faults.all.first == .recovered(records: count))
            guard case .damaged(let lost, let lanes) = faults.all.last else {
                Issue.record("\(faults.all)")
                return
            }
            #expect(lost > 0 && lanes == 1)
        }

        #if canImport(Glibc)
            /// A small file system of memory; `nil` where none may be mounted.
            private final class SmallDisk {
                let folder: TemporaryFolder

                init?(bytes: Int) {
                    guard geteuid() == 0, let folder = try? TemporaryFolder() else { return nil }
                    self.folder = folder
                    guard unsafe mount("tmpfs", folder.path, "tmpfs", 0, "size=\(bytes)") == 0 else { return nil }
                }

                deinit { _ = unsafe umount2(folder.path, Int32(MNT_DETACH)) }
            }

            @Test func `a disk that fills costs the oldest records, counted, and no signal`() throws {
                // More than the budget is taken by somebody else meanwhile: the reservation fails, not a store.
                guard let disk = SmallDisk(bytes: 8 << 20) else { return }
                let spool = try disk.folder.spool(bytes: 512 << 10)
                spool.append(size: 500)
                let filler = disk.folder.path + "/filler"
                let file = unsafe open(filler, O_RDWR | O_CREAT, 0o600)
                #expect(posix_fallocate(file, 0, 7 << 20) == 0)
                var more: off_t = 7 << 20
                while posix_fallocate(file, more, 4_096) == 0 { more += 4_096 }
                close(file)
                for number in 0..<3_000 {
                    #expect(spool.append("\(number) " + String(repeating: "x", count: 500)) == .accepted)
                }
                let ledger = DeliveryLedger(of: spool).snapshot()
                #expect(ledger.imbalance == 0 && ledger.produced == 3_001 && ledger.queued > 0)
                #expect((ledger.dropped["full"] ?? 0) > 0)
                try FileManager.default.removeItem(atPath: filler)
            }

            @Test func `a disk without room for two small segments is memory from the start`() throws {
                guard let disk = SmallDisk(bytes: 1 << 20) else { return }
                #expect { try disk.folder.files() } throws: { "\($0)".contains("there is room for") }
            }
        #endif
    }
}
