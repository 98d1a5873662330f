import MonitoringCore

/// The ledger of every signal as metrics: by our own names all of it, and by OpenTelemetry's what it has names for.
///
/// On a consistent cut `produced + recovered = delivered + rejected + queued + dropped`.
enum LedgerMetrics {
    static func families(
        _ ledgers: [Monitor.Ledger],
        _ name: (String, MetricKind) -> String
    ) -> [CollectedFamily] {
        guard !ledgers.isEmpty else { return [] }
        return records(ledgers, name) + openTelemetry(ledgers, name)
    }

    private static func records(
        _ ledgers: [Monitor.Ledger],
        _ name: (String, MetricKind) -> String
    ) -> [CollectedFamily] {
        func counter(_ part: String, _ help: String, _ count: (Monitor.Ledger) -> Int) -> CollectedFamily {
            var family = CollectedFamily(name("monitoring_records_\(part)_total", .counter), help, .counter)
            for ledger in ledgers { family.add([("signal", ledger.signal)], count(ledger)) }
            return family
        }
        var queued = CollectedFamily(
            name("monitoring_records_queued", .gauge), "Records that wait to be sent.", .gauge)
        var dropped = CollectedFamily(
            name("monitoring_records_dropped_total", .counter), "Records given up, by reason.", .counter)
        for ledger in ledgers {
            queued.add([("signal", ledger.signal)], ledger.queued)
            for (reason, count) in ledger.dropped.sorted(by: { $0.key < $1.key }) {
                dropped.add([("signal", ledger.signal), ("reason", reason)], count)
            }
        }
        return [
            counter("produced", "Records handed over by this process.", \.produced),
            counter("recovered", "Records found in what processes left that ended before.", \.recovered),
            counter("delivered", "Records that the receiver accepted.", \.delivered),
            counter("rejected", "Records that the receiver refused for good.", \.rejected),
            queued, dropped,
        ]
    }

    /// OpenTelemetry knows spans and log records alone.
    private static func openTelemetry(
        _ ledgers: [Monitor.Ledger],
        _ name: (String, MetricKind) -> String
    ) -> [CollectedFamily] {
        ledgers.flatMap { ledger -> [CollectedFamily] in
            guard let kind = ["traces": "span", "logs": "log"][ledger.signal] else { return [] }
            let processor = component("batching_\(kind)_processor")
            let exporter = component("otlp_http_json_\(kind)_exporter")
            var size = CollectedFamily(
                name("otel_sdk_processor_\(kind)_queue_size", .gauge), "Records in the processor's queue.", .gauge)
            size.add(processor, ledger.queued)
            var processed = CollectedFamily(
                name("otel_sdk_processor_\(kind)_processed_total", .counter),
                "Records that left the processor's queue, with the reason where they were dropped.", .counter)
            processed.add(processor + [("error_type", "")], ledger.delivered + ledger.rejected)
            for (reason, count) in ledger.dropped.sorted(by: { $0.key < $1.key }) {
                processed.add(processor + [("error_type", errorType(reason))], count)
            }
            var exported = CollectedFamily(
                name("otel_sdk_exporter_\(kind)_exported_total", .counter),
                "Records whose export ended, with the reason where they were refused.", .counter)
            exported.add(exporter + [("error_type", "")], ledger.delivered)
            exported.add(exporter + [("error_type", "rejected")], ledger.rejected)
            return [size, processed, exported]
        }
    }

    private static func component(_ type: String) -> [(name: String, value: String)] {
        [("otel_component_name", type + "/0"), ("otel_component_type", type)]
    }

    private static func errorType(_ reason: String) -> String {
        switch reason {
        case "full": "queue_full"
        case "closed": "already_shutdown"
        default: reason
        }
    }
}
