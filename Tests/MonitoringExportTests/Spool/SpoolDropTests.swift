import MonitoringCore
import Testing

@testable import MonitoringExport

@Suite struct SpoolDropTests {
    private func number(_ record: TestRecord) -> Int {
        Int(String(decoding: record.bytes.prefix(8), as: UTF8.self)) ?? -1
    }

    private func numbered(_ number: Int) -> TestRecord {
        let digits = String(number)
        return TestRecord(String(repeating: "0", count: 8 - digits.count) + digits + String(repeating: "x", count: 200))
    }

    @Test func `the oldest records are dropped, counted, and no others`() {
        let spool = Spool(.small(segments: 4))
        for index in 0..<5_000 { #expect(spool.append(numbered(index)) == .accepted) }
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger.produced == 5_000)
        #expect(ledger.imbalance == 0)
        let kept = spool.drain().map(number)
        let dropped = ledger.dropped["full"] ?? 0
        #expect(dropped > 0)
        #expect(kept == Array(dropped..<5_000))
        #expect(kept.count > 3 * 200)
    }

    @Test func `a segment that is being sent is not dropped`() throws {
        let spool = Spool(.small(segments: 3))
        for index in 0..<100 { spool.append(numbered(index)) }
        let batch = try #require(spool.nextBatch(50))
        for index in 100..<3_000 { spool.append(numbered(index)) }
        #expect(batch.records.map(number) == Array(0..<50))
        batch.settle(.accepted(rejected: 0))
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger.delivered == 50)
        #expect(ledger.imbalance == 0)
        #expect((ledger.dropped["full"] ?? 0) > 1_000)
    }

    @Test func `when everything is being sent new records are dropped`() throws {
        let spool = Spool(.small(segments: 2))
        var index = 0
        while spool.images.count < 2 || spool.queued.count < 400 {
            spool.append(numbered(index))
            index += 1
        }
        let batch = try #require(spool.nextBatch())
        var outcomes: Set<AppendOutcome> = []
        for index in 0..<500 { outcomes.insert(spool.append(numbered(index))) }
        #expect(outcomes.contains(.dropped(.full)))
        #expect(batch.records.map(number) == Array(0..<batch.count))
        batch.settle(.accepted(rejected: 0))
        #expect(spool.append("again") == .accepted)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger.produced == index + 501)
        #expect(ledger.imbalance == 0)
    }

    @Test func `the newest header tells what the writer has dropped`() throws {
        let spool = Spool(.small(segments: 2))
        for index in 0..<3_000 { spool.append(numbered(index)) }
        for _ in 0..<3 { spool.append(size: spool.limits.recordBytes + 1) }
        spool.countDropped(2, reason: "encoding")
        try #require(spool.nextBatch(1)).settle(.dropped(reason: "too-old"))
        let ledger = DeliveryLedger(of: spool).snapshot()
        let newest = try RecoveredImage(try #require(spool.images.last))
        #expect(newest.dropCounts[0] == ledger.dropped["full"])
        #expect(newest.dropCounts[1] == 3)
        #expect(newest.dropCounts[6] == 1)
        #expect(newest.dropCounts[7] == 2)
        #expect(ledger.imbalance == 0)
    }

    @Test func `the images of a spool hold what it holds`() throws {
        let spool = Spool(.small(segments: 3))
        for index in 0..<2_000 { spool.append(numbered(index)) }
        try #require(spool.nextBatch(33)).settle(.accepted(rejected: 0))
        let recovered = try spool.images.flatMap { try RecoveredImage($0).records }
        #expect(recovered == spool.drain())
    }

    @Test(arguments: [1, 10, 300, 2_048])
    func `the record limit is never exceeded, and drops new records`(limit: Int) throws {
        let spool = Spool(.small(segments: 64, maximumRecords: limit))
        let outcomes = (0..<limit + 50).map { spool.append(numbered($0)) }
        #expect(outcomes.prefix(limit).allSatisfy { $0 == .accepted })
        #expect(outcomes.suffix(50).allSatisfy { $0 == .dropped(.full) })
        #expect(spool.queued.count == limit)
        #expect(spool.drain().map(number) == Array(0..<limit))
        #expect(spool.append("again") == .accepted)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger.dropped == ["full": 50])
        #expect(ledger.imbalance == 0)
    }

    @Test func `records that were dropped for room give their permits back`() {
        let spool = Spool(.small(segments: 2, maximumRecords: 1_000))
        for index in 0..<10_000 { #expect(spool.append(numbered(index)) == .accepted) }
    }

    @Test func `memory that somebody has overwritten is not sent, and is counted`() throws {
        let spool = Spool()
        for index in 0..<8 { spool.append(TestRecord(kind: 1, bytes: [UInt8](repeating: UInt8(index), count: 100))) }
        let map = try #require(spool.withState { $0.segments.first?.map })
        unsafe map.base.storeBytes(of: 0xff, toByteOffset: 4096 + 32 + 2 * 128 + 50, as: UInt8.self)
        let batch = try #require(spool.nextBatch())
        #expect(batch.records.map { $0.bytes[0] } == [0, 1, 7])
        batch.settle(.accepted(rejected: 0))
        #expect(spool.nextBatch() == nil)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 8, delivered: 3, dropped: ["corrupt": 5]))
    }

    @Test(arguments: [4104, 4105, 4111])
    func `a lane whose length was overwritten is passed over without harm`(offset: Int) throws {
        let spool = Spool()
        for index in 0..<8 { spool.append(TestRecord(kind: 1, bytes: [UInt8](repeating: UInt8(index), count: 100))) }
        let map = try #require(spool.withState { $0.segments.first?.map })
        unsafe map.base.storeBytes(of: 0xee, toByteOffset: offset, as: UInt8.self)
        #expect(spool.queued.count == 1)
        #expect(spool.drain().map { $0.bytes[0] } == [7])
        #expect(DeliveryLedger(of: spool).snapshot().imbalance == 0)
    }
}
