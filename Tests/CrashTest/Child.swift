import Foundation
import MonitoringCore
import MonitoringTracing

/// What the killed processes do.
enum Child {
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Hands over numbered spans from four threads until it is killed.
    static func produce() async throws {
        guard let path = variable("CRASH_COUNTERS"), let counters = SharedCounters(path: path),
            let name = variable("CRASH_NAME")
        else { throw Fault(description: "CRASH_COUNTERS and CRASH_NAME are needed") }
        let monitor = try await Monitor.start(.tracing)
        if variable("CRASH_ASKED") != nil { monitor.shutDownOnTermination() }
        for thread in 0..<SharedCounters.threads {
            Thread.detachNewThread {
                for number in 0... {
                    monitor.observe(.custom("\(name)t\(thread)n\(number)")) {}
                    counters[thread] = number + 1
                }
            }
        }
        while true { try await Task.sleep(for: .seconds(3_600)) }
    }

    /// Sends what the dead have left, and ends when there is nothing any more.
    static func deliver() async throws {
        guard let directory = variable("MONITORING_SPOOL_DIR") else { throw Fault(description: "where?") }
        let monitor = try await Monitor.start(.tracing)
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            await monitor.flush(within: .seconds(30))
            if monitor.ledger.allSatisfy({ $0.queued == 0 }), !hasSegments(directory) { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        let dropped = monitor.ledger.flatMap(\.dropped.values).reduce(0, +)
        let imbalance = monitor.ledger.reduce(0) { $0 + $1.imbalance }
        let codes = monitor.problems.map(\.code).filter { $0 == "spool-damaged" || $0 == "spool-dropped-before" }
        await monitor.shutdown(within: .seconds(5))
        guard !hasSegments(directory) else { throw Fault(description: "segments are left") }
        guard dropped == 0, imbalance == 0, codes.isEmpty else {
            throw Fault(description: "dropped \(dropped), imbalance \(imbalance), told \(codes)")
        }
    }

    private static func hasSegments(_ directory: String) -> Bool {
        guard let service = variable("OTEL_SERVICE_NAME") else { return true }
        let files = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
        return files.contains { $0.hasSuffix(".segment") && $0.contains("/\(service)-") }
    }

    private static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
