import MonitoringCore
import Testing

@testable import MonitoringExport

extension ProcessWideTests {
    @Suite struct SpoolUpkeepTests {
        /// Waits until the condition holds, by real time; the work is another task's.
        private func wait(for condition: () -> Bool) async -> Bool {
            for _ in 0..<2_000 where !condition() { try? await SystemClock().sleep(for: .milliseconds(5)) }
            return condition()
        }

        private func spool(
            _ folder: TemporaryFolder, level: SpoolSettings.Level = .process, faults: FaultLog = FaultLog()
        ) throws -> Spool {
            Spool(
                configuration: .small(segments: 100), clock: SystemClock(), files: try folder.files(level: level),
                onFault: { faults.append($0) })
        }

        @Test func `upkeep adopts at once, has a map ready before it is needed, and ends with the spool`() async throws
        {
            let folder = try TemporaryFolder()
            do {
                let dead = try spool(folder)
                dead.append("left")
            }
            let spool = try spool(folder)
            let upkeep = Task { await spool.maintain() }
            #expect(await wait { spool.queued.count == 1 })
            #expect(spool.drain() == [TestRecord("left")])
            for _ in 0..<20 { spool.append(size: 1_000) }
            #expect(await wait { spool.withState { $0.warm.count } == 1 })
            #expect(folder.segments.count == 2)
            spool.close()
            await upkeep.value
            #expect(folder.segments.count == 1)
        }

        @Test func `what little is recorded takes one file`() async throws {
            let folder = try TemporaryFolder()
            let spool = try spool(folder)
            spool.append("a")
            spool.makeSpare()
            #expect(folder.segments.count == 1)
        }

        @Test func `a spool in memory needs no upkeep`() async {
            await Spool(configuration: .small(), clock: SystemClock()).maintain()
        }

        @Test func `what is to survive the machine is synced when that is asked for`() async throws {
            let folder = try TemporaryFolder()
            let faults = FaultLog()
            let spool = try spool(folder, level: .disk, faults: faults)
            spool.append("a")
            spool.requestSync()
            #expect(spool.withState { $0.wantsSync })
            let upkeep = Task { await spool.maintain() }
            #expect(await wait { spool.withState { !$0.wantsSync } })
            spool.sync()
            #expect(faults.all.isEmpty && spool.summary.hasPrefix("disk "))
            #expect(spool.drain() == [TestRecord("a")])
            spool.close()
            await upkeep.value
        }

        @Test func `a spool that does not sync is asked in vain`() throws {
            let spool = try spool(TemporaryFolder())
            spool.requestSync()
            #expect(spool.withState { !$0.wantsSync })
        }
    }
}
