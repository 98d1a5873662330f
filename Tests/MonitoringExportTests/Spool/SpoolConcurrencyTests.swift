import MonitoringCore
import Synchronization
import Testing

@testable import MonitoringExport

/// Numbered records from several threads, drained meanwhile: every one exactly once, or counted.
@Suite struct SpoolConcurrencyTests {
    private static let perThread = 20_000

    private func record(thread: Int, number: Int) -> TestRecord {
        var bytes = [UInt8](repeating: UInt8(thread), count: 16 + number % 90)
        for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
        return TestRecord(kind: UInt8(thread), bytes: bytes)
    }

    private func number(of record: TestRecord) -> Int {
        record.bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// What a drain found, and the worst that the ledger said meanwhile.
    private struct Outcome: Sendable {
        var received: [[Int]] = []
        var malformed = 0
        var worstImbalance = 0
        var snapshots = 0
    }

    /// Runs `writers` threads that append, one that drains, and one that reads the ledger.
    private func run(_ spool: Spool, writers: Int, settling: @escaping @Sendable (Int) -> BatchOutcome) -> Outcome {
        let running = Atomic<Int>(writers)
        let outcome = SharedState(Outcome(received: [[Int]](repeating: [], count: writers)))
        let ledger = DeliveryLedger(of: spool)
        let append = (0..<writers).map { thread -> @Sendable () -> Void in
            {
                for number in 0..<Self.perThread { spool.append(record(thread: thread, number: number)) }
                running.wrappingSubtract(1, ordering: .releasing)
            }
        }
        let drain: @Sendable () -> Void = {
            var batches = 0
            while true {
                let isLast = running.load(ordering: .acquiring) == 0
                guard let batch = spool.nextBatch(maximumCount: 300, maximumBytes: 20_000) else {
                    if isLast { break }
                    continue
                }
                batches += 1
                let result = settling(batches)
                if case .accepted = result {
                    let records = batch.records
                    outcome.withLock { outcome in
                        for one in records {
                            let thread = Int(one.kind)
                            let number = number(of: one)
                            if one != record(thread: thread, number: number) { outcome.malformed += 1 }
                            outcome.received[thread].append(number)
                        }
                    }
                }
                batch.settle(result)
            }
        }
        let watch: @Sendable () -> Void = {
            while running.load(ordering: .acquiring) > 0 {
                let imbalance = ledger.snapshot().imbalance
                outcome.withLock { outcome in
                    outcome.snapshots += 1
                    outcome.worstImbalance = max(outcome.worstImbalance, abs(imbalance))
                }
            }
        }
        onThreads(append + [drain, watch])
        return outcome.withLock { $0 }
    }

    @Test func `with room for all every record arrives exactly once`() {
        let spool = Spool(SpoolConfiguration(signal: .traces, encoding: .otlpJSON, identity: []))
        let outcome = run(spool, writers: 4) { $0 % 5 == 0 ? .putBack : .accepted(rejected: 0) }
        #expect(outcome.malformed == 0)
        for numbers in outcome.received { #expect(numbers.sorted() == Array(0..<Self.perThread)) }
        #expect(outcome.snapshots > 0)
        #expect(outcome.worstImbalance == 0)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 80_000, delivered: 80_000))
    }

    @Test(arguments: [nil, 500])
    func `with too little room every record arrives at most once, and the others are counted`(limit: Int?) {
        let spool = Spool(.small(segments: 3, maximumRecords: limit))
        let outcome = run(spool, writers: 4) { batch in
            switch batch % 7 {
            case 0: .putBack
            case 1: .rejected
            case 2: .dropped(reason: "too-old")
            default: .accepted(rejected: 0)
            }
        }
        #expect(outcome.malformed == 0)
        var received = 0
        for numbers in outcome.received {
            #expect(Set(numbers).count == numbers.count)
            received += numbers.count
        }
        #expect(outcome.worstImbalance == 0)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger.produced == 80_000)
        #expect(ledger.delivered == received)
        #expect(ledger.queued == 0)
        #expect(ledger.imbalance == 0)
    }

    @Test func `more threads than stripes`() {
        let spool = Spool(.small(segments: 512))
        let bodies = (0..<StripeSet.count + 16).map { thread -> @Sendable () -> Void in
            { for number in 0..<200 { spool.append(record(thread: thread, number: number)) } }
        }
        onThreads(bodies)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger.produced == bodies.count * 200)
        #expect(ledger.imbalance == 0)
        #expect(Set(spool.drain()).count == ledger.queued)
    }

    @Test(arguments: [false, true])
    func `a thread that appended once and went keeps no segment`(isDrained: Bool) {
        let made = Atomic<Int>(0)
        let spool = Spool(configuration: .small(segments: 6), clock: SpoolClock()) { byteCount in
            made.wrappingAdd(1, ordering: .relaxed)
            return SegmentMap.anonymous(byteCount: byteCount)
        }
        onThreads((0..<4).map { thread in { spool.append(record(thread: thread, number: 0)) } })
        for number in 1..<10_000 {
            #expect(spool.append(record(thread: 4, number: number)) == .accepted)
            if isDrained, number.isMultiple(of: 100) { _ = spool.drain() }
        }
        #expect(made.load(ordering: .relaxed) <= (isDrained ? 3 : 6))
        #expect(spool.withState { $0.segments.allSatisfy { $0.header.sequence > 1 } })
        #expect(DeliveryLedger(of: spool).snapshot().imbalance == 0)
    }

    @Test func `several readers never get the same record`() {
        let spool = Spool(.small(segments: 512))
        for number in 0..<8_000 { spool.append(record(thread: 0, number: number)) }
        let seen = SharedState<[Int]>([])
        let reader: @Sendable () -> Void = {
            while let batch = spool.nextBatch(100) {
                let numbers = batch.records.map(number(of:))
                seen.withLock { $0 += numbers }
                batch.settle(.accepted(rejected: 0))
            }
        }
        onThreads([reader, reader, reader])
        let rest = spool.drain().map(number(of:))
        #expect(seen.withLock { $0 + rest }.sorted() == Array(0..<8_000))
    }
}
