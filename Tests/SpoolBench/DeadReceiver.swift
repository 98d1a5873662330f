import Foundation
import MonitoringCore

/// The processor time of an operation while nobody takes spans, against that while somebody does.
enum DeadReceiver {
    static func run() async throws {
        var times: [[Double]] = [[], []]
        for pair in 0..<10 {
            for index in pair.isMultiple(of: 2) ? [0, 1] : [1, 0] {
                let folder = try Bench.Folder()
                let monitor = try await Observing.monitor(folder, isDead: index == 1)
                let begin = Bench.cpu
                for _ in 0..<100 {
                    Observing.observe(monitor, 1_000)
                    try await Task.sleep(for: .milliseconds(20))
                }
                times[index].append((Bench.cpu - begin) * 1e9 / 100_000)
                await monitor.shutdown(within: .seconds(1))
            }
        }
        Bench.show("processor time of an operation, a healthy receiver", times[0], "ns")
        Bench.show("processor time of an operation, a dead one", times[1], "ns")
        Bench.show("dead to healthy", ratioOf: times[1], to: times[0])
    }
}
