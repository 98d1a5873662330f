#if canImport(Glibc)
    import CMonitoringShims
    import Glibc
    import MonitoringCore
    import Testing

    @testable import MonitoringExport

    extension ProcessWideTests {
        @Suite struct SpoolForkTests {
            @Test func `a forked child touches nothing of its parent's`() throws {
                let spool = Spool()
                spool.append("parent's")
                let batch = try #require(spool.nextBatch())
                let map = try #require(spool.withState { $0.segments.first?.map })
                let child = fork()
                if child == 0 {
                    // Any touch of the map would be a segmentation fault: it is not there.
                    var failures: Int32 = 0
                    if spool.append("child's") != .dropped(.forked) { failures |= 1 }
                    if spool.nextBatch() != nil { failures |= 2 }
                    if spool.queued != (0, 0) { failures |= 4 }
                    if DeliveryLedger(of: spool).snapshot() != Monitor.Ledger(signal: "traces") { failures |= 8 }
                    batch.settle(.rejected)
                    spool.wake(afterCount: 1, bytes: 1) {}
                    spool.close()
                    var residency: UInt8 = 0
                    if unsafe mincore(map.base, 4096, &residency) == 0 { failures |= 16 }
                    _exit(failures)
                }
                var status: Int32 = 0
                #expect(unsafe waitpid(child, &status, 0) == child)
                #expect(status == 0)
                #expect(batch.texts == ["parent's"])
                #expect(spool.append("parent's") == .accepted)
            }
        }
    }
#endif
