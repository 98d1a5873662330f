import MonitoringCore
import Testing

@testable import MonitoringExport

@Suite struct SpoolBatchTests {
    private func spool(_ texts: [String]) -> Spool {
        let spool = Spool()
        for text in texts { spool.append(text) }
        return spool
    }

    @Test func `a batch keeps to the number of records`() throws {
        let spool = spool(["a", "b", "c", "d", "e"])
        var sizes: [[String]] = []
        while let batch = spool.nextBatch(2) {
            sizes.append(batch.texts)
            batch.settle(.accepted(rejected: 0))
        }
        #expect(sizes == [["a", "b"], ["c", "d"], ["e"]])
    }

    @Test(arguments: [(0, 1), (9, 1), (10, 1), (19, 1), (20, 2), (29, 2), (50, 5), (500, 5)])
    func `a batch keeps to the number of bytes, but has one record`(bytes: Int, count: Int) throws {
        let spool = Spool()
        for _ in 0..<5 { spool.append(size: 10) }
        let batch = try #require(spool.nextBatch(maximumCount: 100, maximumBytes: bytes))
        #expect(batch.count == count)
        #expect(batch.byteCount == 10 * count)
        #expect(batch.records.count == count)
    }

    @Test func `a batch spans lanes and segments and carries the identity`() throws {
        let spool = Spool(.small(segments: 8))
        while spool.images.count < 4 { spool.append(size: 304) }
        let queued = spool.queued
        let batch = try #require(spool.nextBatch())
        #expect(batch.count == queued.count && batch.byteCount == queued.bytes)
        #expect(batch.identity == Array(#"{"resource":"test"}"#.utf8))
        #expect(spool.queued == queued)
        batch.settle(.accepted(rejected: 0))
        #expect(spool.queued == (0, 0))
    }

    @Test func `what was put back is taken again in the same order`() throws {
        let texts = (0..<100).map { "record \($0)" }
        let spool = spool(texts)
        let first = try #require(spool.nextBatch(30))
        #expect(first.texts == Array(texts[..<30]))
        first.settle(.putBack)
        #expect(spool.queued.count == 100)
        #expect(try #require(spool.nextBatch(60)).texts == Array(texts[..<60]))
        #expect(spool.drain().map { String(decoding: $0.bytes, as: UTF8.self) } == texts)
    }

    @Test func `a batch that is dropped unsettled puts its records back`() {
        let spool = spool(["a", "b"])
        do {
            let batch = spool.nextBatch()
            #expect(batch?.count == 2)
            #expect(spool.nextBatch() == nil)
        }
        #expect(spool.nextBatch()?.texts == ["a", "b"])
    }

    @Test func `batches can be out together and be settled in any order`() throws {
        let spool = Spool()
        let records = (0..<60).map { TestRecord(kind: 1, bytes: [UInt8](repeating: UInt8($0), count: 100)) }
        for record in records { spool.append(record) }
        // Seven records a lane: the batches hold lanes 1 and 2, then 3 and 4.
        let first = try #require(spool.nextBatch(14))
        let second = try #require(spool.nextBatch(14))
        #expect(first.records == Array(records[..<14]))
        #expect(second.records == Array(records[14..<28]))
        second.settle(.accepted(rejected: 0))
        let image = try RecoveredImage(try #require(spool.images.first))
        #expect(image.records == Array(records[..<14] + records[28...]))
        first.settle(.putBack)
        #expect(spool.drain() == Array(records[..<14] + records[28...]))
    }

    @Test func `a lane is in one batch at a time`() throws {
        let spool = spool(["a", "b", "c"])
        let first = try #require(spool.nextBatch(1))
        #expect(spool.nextBatch() == nil)
        #expect(spool.queued.count == 3)
        first.settle(.accepted(rejected: 0))
        #expect(spool.nextBatch()?.texts == ["b", "c"])
    }

    @Test func `records appended while a batch is out come after it`() throws {
        let spool = spool(["a"])
        let batch = try #require(spool.nextBatch())
        spool.append("b")
        #expect(batch.texts == ["a"])
        batch.settle(.putBack)
        #expect(spool.nextBatch()?.texts == ["a", "b"])
    }

    @Test func `only the first settlement counts, and nothing is visited after it`() throws {
        let spool = spool(["a", "b"])
        let batch = try #require(spool.nextBatch())
        batch.settle(.accepted(rejected: 0))
        batch.settle(.rejected)
        batch.settle(.putBack)
        #expect(batch.records.isEmpty)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 2, delivered: 2))
    }

    @Test func `a batch may be settled while its records are visited`() throws {
        let spool = Spool(.small(segments: 2))
        while spool.images.count < 2 { spool.append(size: 200) }
        let batch = try #require(spool.nextBatch())
        var visited = 0
        unsafe batch.forEachRecord { _, bytes in
            if visited == 0 {
                batch.settle(.accepted(rejected: 0))
                for _ in 0..<2_000 { spool.append(size: 10) }
            }
            visited += unsafe bytes.allSatisfy { $0 == 0x5a } && bytes.count == 200 ? 1 : 0
        }
        #expect(visited == batch.count)
        #expect(DeliveryLedger(of: spool).snapshot().imbalance == 0)
    }

    @Test(arguments: [
        (BatchOutcome.accepted(rejected: 0), Monitor.Ledger(signal: "traces", produced: 3, delivered: 3)),
        (.accepted(rejected: 1), Monitor.Ledger(signal: "traces", produced: 3, delivered: 2, rejected: 1)),
        (.accepted(rejected: 9), Monitor.Ledger(signal: "traces", produced: 3, rejected: 3)),
        (.accepted(rejected: -1), Monitor.Ledger(signal: "traces", produced: 3, delivered: 3)),
        (.rejected, Monitor.Ledger(signal: "traces", produced: 3, rejected: 3)),
        (.dropped(reason: "too-old"), Monitor.Ledger(signal: "traces", produced: 3, dropped: ["too-old": 3])),
        (.dropped(reason: "odd"), Monitor.Ledger(signal: "traces", produced: 3, dropped: ["odd": 3])),
        (.putBack, Monitor.Ledger(signal: "traces", produced: 3, queued: 3)),
    ])
    func `every outcome is in the ledger`(outcome: BatchOutcome, expected: Monitor.Ledger) throws {
        let spool = spool(["a", "b", "c"])
        try #require(spool.nextBatch()).settle(outcome)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == expected)
        #expect(ledger.imbalance == 0)
    }
}
