import Foundation
import MonitoringCore
import MonitoringExport
import MonitoringTesting
import MonitoringTracing

/// A shutdown within two seconds before receivers that misbehave, and what is left for the next start.
enum Faults {
    static func run() async throws {
        var slowest = 0.0
        var lost = 0
        for fault in FaultyReceiver.Fault.allFaults.prefix(12) {
            let folder = try Bench.Folder()
            let receiver = try FaultyReceiver(fault)
            let monitor = try await start(receiver.url, folder)
            Observing.observe(monitor, 1_000)
            // An attempt is under way.
            try await Task.sleep(for: .milliseconds(300))
            let begin = SystemClock().monotonicNanoseconds
            await monitor.shutdown(within: .seconds(2))
            let taken = Double(SystemClock().monotonicNanoseconds - begin) / 1e9
            slowest = max(slowest, taken)
            guard let ledger = monitor.ledger.first else { continue }
            let found = try recover(receiver.url, folder)
            // What a receiver refuses for good is told, and no loss of the spool's.
            let missing = ledger.produced - ledger.delivered - ledger.rejected - found
            lost += abs(missing)
            print(
                "\(fault): \(String(format: "%.2f", taken)) s, \(found) left for the next start, \(ledger.rejected) refused"
            )
            receiver.stop()
        }
        print("12 faults, a shutdown within 2 s: the slowest \(String(format: "%.2f", slowest)) s, lost \(lost)")
    }

    private static func start(_ url: String, _ folder: Bench.Folder) async throws -> Monitor {
        let environment = Monitor.Environment([
            "ENABLE_TRACING": "true", "MONITORING_QUIET": "true", "MONITORING_SPOOL_DIR": folder.path,
            "OTEL_SERVICE_NAME": "faults", "OTEL_EXPORTER_OTLP_ENDPOINT": url,
        ])
        return try await Monitor.start([.tracing], environment: environment) { $0.installs = false }
    }

    private static func recover(_ url: String, _ folder: Bench.Folder) throws -> Int {
        var settings = SpoolSettings()
        settings.directory = folder.path
        settings.level = .process
        let resource = Monitor.Resource([Monitor.KeyValue("service.name", .string("faults"))])
        let endpoint = try Endpoint(url + "/v1/traces")
        let place = SpoolFiles.Place(signal: .traces, resource: resource, endpoint: endpoint)
        let heir = try Bench.spool(files: try SpoolFiles.open(place, settings))
        heir.adopt()
        return heir.queued.count
    }
}
