import MonitoringCore

/// A clock of the machine's speed and another date.
struct FixedClock: MonitoringClock {
    let unixSeconds: UInt64

    var monotonicNanoseconds: UInt64 { SystemClock().monotonicNanoseconds }
    var unixNanoseconds: UInt64 { unixSeconds * 1_000_000_000 }

    func sleep(untilMonotonicNanoseconds deadline: UInt64) async throws {
        try await SystemClock().sleep(untilMonotonicNanoseconds: deadline)
    }
}
