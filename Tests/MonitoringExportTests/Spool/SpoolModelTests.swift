import MonitoringCore
import Testing

@testable import MonitoringExport

/// Random calls against a queue that is obviously right.
@Suite struct SpoolModelTests {
    private struct Batch {
        let batch: any SpooledBatch
        let records: [TestRecord]
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `a spool behaves like its model, and its images hold what it owes`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let spool = Spool(.small(segments: 200))
        var appended: [TestRecord] = []
        var settled: Set<TestRecord> = []
        var expected = Monitor.Ledger(signal: "traces")
        var out: [Batch] = []
        for step in 0..<300 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<13:
                let size = Int.random(in: 0...(step % 40 == 0 ? 5_000 : 400), using: &random)
                let unique = Array("\(step):".utf8)
                let record = TestRecord(kind: UInt8(step % 256), bytes: unique + [UInt8](repeating: 1, count: size))
                try #require(spool.append(record) == .accepted)
                appended.append(record)
                expected.produced += 1
            case 13..<16:
                let count = Int.random(in: 1...40, using: &random)
                let bytes = Int.random(in: 1...10_000, using: &random)
                guard let batch = spool.nextBatch(maximumCount: count, maximumBytes: bytes) else { break }
                let records = batch.records
                #expect(records.count == batch.count && batch.count <= count)
                #expect(batch.byteCount <= bytes || batch.count == 1)
                let taken = Set(out.flatMap(\.records)).union(settled)
                #expect(taken.isDisjoint(with: records))
                out.append(Batch(batch: batch, records: records))
            default:
                guard let index = out.indices.randomElement(using: &random) else { break }
                let batch = out.remove(at: index)
                if Bool.random(using: &random) {
                    batch.batch.settle(.putBack)
                } else {
                    batch.batch.settle(.accepted(rejected: 0))
                    settled.formUnion(batch.records)
                    expected.delivered += batch.records.count
                }
            }
            expected.queued = appended.count - settled.count
            let ledger = DeliveryLedger(of: spool).snapshot()
            #expect(ledger == expected)
            guard step % 8 == 7 else { continue }
            // A crash at this moment: what is owed is there, in the order in which one thread appended it.
            let recovered = try spool.images.flatMap { try RecoveredImage($0).records }
            #expect(recovered == appended.filter { !settled.contains($0) })
        }
        for batch in out { batch.batch.settle(.putBack) }
        #expect(spool.drain() == appended.filter { !settled.contains($0) })
    }
}
