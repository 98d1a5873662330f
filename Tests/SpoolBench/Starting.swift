import MonitoringCore

/// `start` with an empty folder against `start` with memory.
enum Starting {
    static func run() async throws {
        var times: [[Double]] = [[], []]
        for _ in 0..<25 {
            let folder = try Bench.Folder()
            for (index, place) in [nil, folder].enumerated() {
                let start = SystemClock().monotonicNanoseconds
                let monitor = try await Observing.monitor(place)
                times[index].append(Double(SystemClock().monotonicNanoseconds - start) / 1e6)
                await monitor.shutdown(within: .seconds(1))
            }
        }
        Bench.show("start, memory", times[0], "ms")
        Bench.show("start, an empty folder", times[1], "ms")
    }
}
