import MonitoringCore
import Testing

@testable import MonitoringExport

@Suite struct DeliveryLedgerTests {
    @Test(arguments: [(SpoolSignal.traces, "traces"), (.errors, "errors"), (.logs, "logs")])
    func `a ledger names its signal`(signal: SpoolSignal, name: String) {
        let spool = Spool(SpoolConfiguration(signal: signal, encoding: .otlpJSON, identity: []))
        #expect(DeliveryLedger(of: spool).snapshot() == Monitor.Ledger(signal: name))
    }

    @Test func `what never reached the spool is produced and dropped`() {
        let spool = Spool()
        let ledger = DeliveryLedger(of: spool)
        ledger.countDropped(3, reason: "encoding")
        ledger.countDropped(0, reason: "nothing")
        #expect(ledger.snapshot() == Monitor.Ledger(signal: "traces", produced: 3, dropped: ["encoding": 3]))
    }

    @Test func `queued is counted in the records, so that a lost one shows`() throws {
        let spool = Spool()
        for _ in 0..<5 { spool.append(size: 100) }
        let ledger = DeliveryLedger(of: spool)
        #expect(ledger.snapshot().imbalance == 0)
        let map = try #require(spool.withState { $0.segments.first?.map })
        unsafe map.base.storeBytes(of: 0, toByteOffset: 4096 + 32 + 3 * 128, as: UInt32.self)
        #expect(ledger.snapshot().queued == 3)
        #expect(ledger.snapshot().imbalance == 2)
    }

    @Test func `records of recycled segments stay in the sum`() {
        let spool = Spool(.small(segments: 2))
        let ledger = DeliveryLedger(of: spool)
        var produced = 0
        for _ in 0..<30 {
            for _ in 0..<100 { spool.append(size: 100) }
            produced += 100
            _ = spool.drain()
            #expect(ledger.snapshot() == Monitor.Ledger(signal: "traces", produced: produced, delivered: produced))
        }
    }
}
