import MonitoringCore
import Synchronization
import Testing

@testable import MonitoringExport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct SpoolAppendTests {
    @Test func `what goes in comes out, in order`() {
        let spool = Spool()
        let records = (0..<500).map { TestRecord("record \($0)", kind: UInt8($0 % 250)) }
        for record in records { #expect(spool.append(record) == .accepted) }
        #expect(spool.queued.count == 500)
        #expect(spool.queued.bytes == records.reduce(0) { $0 + ($1.bytes.count + 7) / 8 * 8 })
        #expect(spool.drain() == records)
        #expect(spool.queued == (0, 0))
        #expect(spool.nextBatch() == nil)
    }

    @Test func `empty records are records`() throws {
        let spool = Spool()
        for _ in 0..<3 { #expect(spool.append(size: 0) == .accepted) }
        #expect(unsafe spool.append(kind: 4, UnsafeRawBufferPointer(start: nil, count: 0)) == .accepted)
        let batch = try #require(spool.nextBatch())
        #expect(batch.count == 4 && batch.byteCount == 0)
        #expect(batch.records.map(\.kind) == [2, 2, 2, 4])
    }

    @Test func `a record of 1 MiB fits, and one byte more does not`() throws {
        let spool = Spool(SpoolConfiguration(signal: .errors, encoding: .sentryItem, identity: []))
        let large = TestRecord(kind: 1, bytes: (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 / 3) })
        #expect(spool.append("before") == .accepted)
        for _ in 0..<9 { #expect(spool.append(large) == .accepted) }
        #expect(spool.append("after") == .accepted)
        #expect(spool.append(size: (1 << 20) + 1) == .dropped(.tooLarge))
        for image in spool.images { #expect(try RecoveredImage(image).summary.damagedLanes == 0) }
        let records = spool.drain()
        #expect(records.count == 11)
        #expect(records.filter { $0 == large }.count == 9)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "errors", produced: 12, delivered: 11, dropped: ["too-large": 1]))
    }

    @Test func `large records waste little of a segment`() {
        for size in [20_000, 40_000, 70_000, 140_000] {
            let configuration = SpoolConfiguration(
                signal: .traces,
                encoding: .otlpJSON,
                identity: [],
                maximumBytes: 8 << 20
            )
            let spool = Spool(configuration)
            var accepted = 0
            while spool.images.count < 2 {
                spool.append(size: size)
                accepted += 1
            }
            #expect(Double(accepted * size) / Double(4 << 20) > 0.75, "records of \(size) bytes")
        }
    }

    @Test func `a small budget makes small segments, and what they cannot hold is too large`() {
        let configuration = SpoolConfiguration(
            signal: .traces,
            encoding: .otlpJSON,
            identity: [UInt8](repeating: 1, count: 30_000),
            maximumBytes: 128 << 10
        )
        let spool = Spool(configuration)
        #expect(spool.limits.segments == 2)
        #expect(spool.append(size: spool.limits.recordBytes) == .accepted)
        #expect(spool.append(size: spool.limits.recordBytes + 1) == .dropped(.tooLarge))
        #expect(spool.drain().count == 1)
    }

    @Test func `nothing is mapped before the first append, and few pages are touched by it`() throws {
        let maps = Atomic<Int>(0)
        let configuration = SpoolConfiguration(signal: .traces, encoding: .otlpJSON, identity: [1, 2, 3])
        let spool = Spool(configuration: configuration, clock: SpoolClock()) { byteCount in
            maps.wrappingAdd(1, ordering: .relaxed)
            return SegmentMap.anonymous(byteCount: byteCount)
        }
        #expect(spool.queued == (0, 0))
        #expect(spool.nextBatch() == nil)
        #expect(DeliveryLedger(of: spool).snapshot() == Monitor.Ledger(signal: "traces"))
        #expect(maps.load(ordering: .relaxed) == 0)
        spool.append("first")
        #expect(maps.load(ordering: .relaxed) == 1)
        #if canImport(Glibc)
            let map = try #require(spool.withState { $0.segments.first?.map })
            var pages = [UInt8](repeating: 0, count: map.byteCount / 4096)
            #expect(unsafe mincore(map.base, map.byteCount, &pages) == 0)
            #expect(pages.filter { $0 & 1 == 1 }.count <= 4)
        #endif
    }

    @Test func `without memory records are dropped and counted, and later ones are taken`() {
        let hasMemory = Atomic<Bool>(false)
        let spool = Spool(configuration: .small(), clock: SpoolClock()) { byteCount in
            hasMemory.load(ordering: .relaxed) ? SegmentMap.anonymous(byteCount: byteCount) : nil
        }
        #expect(spool.append("lost") == .dropped(.noMemory))
        hasMemory.store(true, ordering: .relaxed)
        #expect(spool.append("kept") == .accepted)
        #expect(spool.drain() == [TestRecord("kept")])
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 2, delivered: 1, dropped: ["no-memory": 1]))
    }

    @Test func `settled segments are recycled, and few maps are kept`() {
        let made = Atomic<Int>(0)
        let spool = Spool(configuration: .small(segments: 8), clock: SpoolClock()) { byteCount in
            made.wrappingAdd(1, ordering: .relaxed)
            return SegmentMap.anonymous(byteCount: byteCount)
        }
        var next = 0
        for _ in 0..<200 {
            for _ in 0..<100 {
                spool.append("record \(next)")
                next += 1
            }
            #expect(spool.drain().count == 100)
        }
        #expect(made.load(ordering: .relaxed) <= 3)
        while spool.images.count < 8 { spool.append(size: 500) }
        _ = spool.drain()
        #expect(spool.images.count == 1)
        #expect(spool.withState { $0.warm.count } == SpoolLimits.warmMaps)
    }

    @Test func `a record's time is that of its append`() throws {
        let clock = SpoolClock()
        let spool = Spool(configuration: .small(), clock: clock)
        spool.append("first")
        clock.advance(by: 5)
        spool.append("second")
        let recovered = try RecoveredImage(try #require(spool.images.first))
        #expect(recovered.times == [1_700_000_000_000_000_000, 1_700_000_000_000_000_005])
        #expect(try #require(spool.nextBatch()).oldestUnixNanoseconds == 1_700_000_000_000_000_000)
    }
}
