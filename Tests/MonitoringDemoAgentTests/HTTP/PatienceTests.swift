import Testing

@testable import MonitoringDemoAgent

struct PatienceTests {
    private let start = ContinuousClock.now

    @Test func `silence ends it, unless something comes`() {
        var patience = Patience(silence: .seconds(2), limit: .seconds(5), now: start)
        #expect(patience.deadline == start + .seconds(2))
        #expect(patience.failure == .timeout(.seconds(2)))
        patience.heard(now: start + .seconds(1))
        #expect(patience.deadline == start + .seconds(3))
    }

    @Test func `a drip does not keep it alive for ever`() {
        var patience = Patience(silence: .seconds(2), limit: .seconds(5), now: start)
        patience.heard(now: start + .seconds(4))
        #expect(patience.deadline == start + .seconds(5))
        #expect(patience.failure == .timeout(.seconds(5)))
    }
}
