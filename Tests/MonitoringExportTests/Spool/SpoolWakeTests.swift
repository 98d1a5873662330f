import Synchronization
import Testing

@testable import MonitoringExport

@Suite struct SpoolWakeTests {
    private final class Bell: Sendable {
        private let rings = Atomic<Int>(0)
        var count: Int { rings.load(ordering: .relaxed) }
        func ring() { rings.wrappingAdd(1, ordering: .relaxed) }
    }

    @Test(arguments: [1, 2, 10, 64, 512, 2_048])
    func `the handler is called once, when that many records wait or soon after`(count: Int) {
        let spool = Spool(.small(segments: 64))
        let bell = Bell()
        spool.wake(afterCount: count, bytes: .max) { bell.ring() }
        for _ in 0..<count - 1 { spool.append("record") }
        #expect(bell.count == 0)
        for _ in 0..<max(1, count / 64) { spool.append("record") }
        #expect(bell.count == 1)
        for _ in 0..<count { spool.append("record") }
        #expect(bell.count == 1)
    }

    @Test func `the handler is called when that many bytes wait`() {
        let spool = Spool()
        let bell = Bell()
        spool.wake(afterCount: 1_000_000, bytes: 10_000) { bell.ring() }
        for _ in 0..<90 { spool.append(size: 100) }
        #expect(bell.count == 0)
        for _ in 0..<12 { spool.append(size: 100) }
        #expect(bell.count == 1)
    }

    @Test func `what waits already counts, what a batch has does not`() throws {
        let spool = Spool()
        let bell = Bell()
        for _ in 0..<10 { spool.append("record") }
        let batch = try #require(spool.nextBatch())
        spool.wake(afterCount: 5, bytes: .max) { bell.ring() }
        #expect(bell.count == 0)
        batch.settle(.putBack)
        #expect(bell.count == 1)
        spool.wake(afterCount: 10, bytes: .max) { bell.ring() }
        #expect(bell.count == 2)
    }

    @Test func `no handler is called after it was taken away or replaced`() {
        let spool = Spool()
        let first = Bell()
        let second = Bell()
        spool.wake(afterCount: 2, bytes: .max) { first.ring() }
        spool.wake(afterCount: 2, bytes: .max) { second.ring() }
        spool.append("a")
        spool.append("b")
        #expect((first.count, second.count) == (0, 1))
        spool.wake(afterCount: 3, bytes: .max) { first.ring() }
        spool.wake(afterCount: 1, bytes: 1, nil)
        for _ in 0..<100 { spool.append("c") }
        #expect((first.count, second.count) == (0, 1))
    }

    @Test func `the handler may use the spool`() {
        let spool = Spool()
        let bell = Bell()
        spool.wake(afterCount: 1, bytes: .max) { [weak spool] in
            spool?.append("from the handler")
            if spool?.drain().count == 2 { bell.ring() }
            spool?.wake(afterCount: 1, bytes: .max) { bell.ring() }
        }
        spool.append("record")
        spool.append("record")
        #expect(bell.count == 2)
    }

    @Test func `threads that append below the lot together wake it`() {
        let spool = Spool(.small(segments: 64))
        let bell = Bell()
        spool.wake(afterCount: 640, bytes: .max) { bell.ring() }
        let bodies = (0..<8).map { _ -> @Sendable () -> Void in { for _ in 0..<100 { spool.append("record") } } }
        onThreads(bodies)
        #expect(bell.count == 1)
    }
}
