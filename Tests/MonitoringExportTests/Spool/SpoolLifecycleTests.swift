import CMonitoringShims
import MonitoringCore
import Synchronization
import Testing

@testable import MonitoringExport

@Suite struct SpoolLifecycleTests {
    @Test func `a closed spool refuses, counts what waited, and has no memory`() {
        let spool = Spool()
        for _ in 0..<300 { spool.append("waiting") }
        spool.close()
        #expect(spool.append("late") == .dropped(.closed))
        #expect(spool.nextBatch() == nil)
        #expect(spool.images.isEmpty)
        #expect(spool.withState { $0.warm.isEmpty })
        spool.close()
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 301, dropped: ["closed": 301]))
    }

    @Test func `closing an unused spool is nothing`() {
        let spool = Spool()
        spool.close()
        #expect(spool.append("late") == .dropped(.closed))
    }

    @Test func `a batch outlives the closing of its spool`() throws {
        let spool = Spool()
        for text in ["a", "b", "c"] { spool.append(text) }
        let batch = try #require(spool.nextBatch(2))
        spool.close()
        #expect(batch.texts == ["a", "b"])
        batch.settle(.accepted(rejected: 0))
        #expect(spool.images.isEmpty)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 3, delivered: 2, dropped: ["closed": 1]))
    }

    @Test func `what is put back after the closing is counted as closed`() throws {
        let spool = Spool()
        for text in ["a", "b", "c"] { spool.append(text) }
        let batch = try #require(spool.nextBatch(2))
        spool.close()
        batch.settle(.putBack)
        #expect(spool.images.isEmpty)
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 3, dropped: ["closed": 3]))
    }

    @Test func `memory is unmapped as soon as nobody needs it`() throws {
        let spool = Spool()
        spool.append("a")
        weak let map = spool.withState { $0.segments.first?.map }
        var batch = spool.nextBatch()
        spool.close()
        #expect(map != nil)
        batch?.settle(.accepted(rejected: 0))
        batch = nil
        #expect(map == nil)
    }

    @Test func `closing while threads append loses nothing unseen`() {
        for _ in 0..<20 {
            let spool = Spool(.small(segments: 8))
            let accepted = Atomic<Int>(0)
            let refused = Atomic<Int>(0)
            let started = Atomic<Int>(0)
            let writer: @Sendable () -> Void = {
                started.wrappingAdd(1, ordering: .relaxed)
                for _ in 0..<3_000 {
                    if spool.append("record") == .accepted {
                        accepted.wrappingAdd(1, ordering: .relaxed)
                    } else {
                        refused.wrappingAdd(1, ordering: .relaxed)
                    }
                }
            }
            onThreads(
                [writer, writer, writer] + [
                    {
                        while started.load(ordering: .relaxed) < 3 || accepted.load(ordering: .relaxed) < 500 {
                            monitoring_yield()
                        }
                        spool.close()
                    }
                ]
            )
            let ledger = DeliveryLedger(of: spool).snapshot()
            #expect(accepted.load(ordering: .relaxed) + refused.load(ordering: .relaxed) == 9_000)
            #expect(ledger.produced == 9_000)
            #expect(ledger.imbalance == 0)
            #expect(ledger.queued == 0 && spool.images.isEmpty)
        }
    }

    @Test func `closing waits for a thread that is inside an append`() {
        let spool = Spool()
        spool.append("before")
        let isHeld = Atomic<Bool>(false)
        let mayGoOn = Atomic<Bool>(false)
        let isClosed = Atomic<Bool>(false)
        let late = Atomic<Bool>(false)
        onThreads([
            {
                // Like a thread that was interrupted before its first step: it has its stripe, with an open lane.
                spool.append("from here")
                guard let stripe = unsafe spool.stripes.take() else { return }
                isHeld.store(true, ordering: .releasing)
                while !mayGoOn.load(ordering: .acquiring) { monitoring_yield() }
                late.store(isClosed.load(ordering: .acquiring), ordering: .relaxed)
                let record = Array("inside".utf8)
                unsafe record.withUnsafeBytes { bytes in
                    unsafe stripe.pointee.lane?.writer.append(kind: 1, time: 1, bytes)
                }
                unsafe spool.stripes.giveBack(stripe)
            },
            {
                while !isHeld.load(ordering: .acquiring) { monitoring_yield() }
                spool.close()
                isClosed.store(true, ordering: .releasing)
            },
            {
                while !spool.withState({ $0.isClosed }) { monitoring_yield() }
                // Long enough for a closing that does not wait to be over.
                for _ in 0..<1_000 { monitoring_yield() }
                mayGoOn.store(true, ordering: .releasing)
            },
        ])
        #expect(late.load(ordering: .relaxed) == false)
        #expect(spool.images.isEmpty)
        #expect(spool.append("late") == .dropped(.closed))
        let ledger = DeliveryLedger(of: spool).snapshot()
        #expect(ledger == Monitor.Ledger(signal: "traces", produced: 4, dropped: ["closed": 4]))
    }
}
