// A host that exposes metrics and nothing else: what it links is checked, so that a small service stays small.
import MonitoringCore
import MonitoringMetrics
import MonitoringServer

struct NothingExposed: Error {}

let monitor = try await Monitor.start(.metrics, .server { $0.port = 0 })
monitor.metrics.counter("starts_total", "Starts of this host.").increment()
guard monitor.serverAddress != nil, monitor.metrics.text().contains("starts_total 1") else { throw NothingExposed() }
await monitor.shutdown()
