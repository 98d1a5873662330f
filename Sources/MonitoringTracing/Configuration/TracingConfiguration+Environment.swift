public import MonitoringCore
internal import MonitoringExport

extension TracingConfiguration {
    /// Takes over what OpenTelemetry's variables say.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - report: Called once a bad value, which leaves the setting as it is.
    public mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        if let chosen = TraceSampler(environment, report: report) { sampler = chosen }
        applyExporter(environment, report)
        applyBatching(environment, report)
        applyLimits(environment, report)
        exporter.apply(environment, report: report)
        spool.apply(environment, report: report)
    }

    private mutating func applyExporter(_ environment: Monitor.Environment, _ report: (Monitor.Problem) -> Void) {
        let words = environment.list(.tracesExporter, report: report)?.map { $0.lowercased() } ?? []
        isExporting = words.isEmpty || words != ["none"]
        let others = words.filter { !["otlp", "none"].contains($0) }
        if !others.isEmpty { report(Self.unknownExporter(others)) }
        if words.count > 1, words.contains("none") { report(Self.noneAmongOthers) }
    }

    private mutating func applyBatching(_ environment: Monitor.Environment, _ report: (Monitor.Problem) -> Void) {
        let counts = 1...Int(Int32.max)
        if let delay = environment.duration(.batchDelay, report: report) { scheduleDelay = delay }
        if let limit = environment.timeout(.batchTimeout, report: report) { batchTimeout = limit }
        if let count = environment.integer(.queueSize, in: counts, report: report) { maximumQueueSize = count }
        if let count = environment.integer(.batchSize, in: counts, report: report) { maximumBatchSize = count }
        if let maximumQueueSize, maximumBatchSize > maximumQueueSize {
            if environment.isSet(.batchSize) { report(Self.batchOverQueue(maximumQueueSize)) }
            maximumBatchSize = maximumQueueSize
        }
    }

    /// Of each limit the variable of its own first, then the general one.
    private mutating func applyLimits(_ environment: Monitor.Environment, _ report: (Monitor.Problem) -> Void) {
        func count(_ variable: Monitor.Variable) -> Int? { environment.integer(variable, report: report) }
        let general = count(.attributeCount)
        let length = count(.attributeLength)
        if let value = count(.spanAttributeCount) ?? general { limits.attributeCount = value }
        if let value = count(.spanAttributeLength) ?? length { limits.attributeValueLength = value }
        if let value = count(.eventCount) { limits.eventCount = value }
        if let value = count(.linkCount) { limits.linkCount = value }
        if let value = count(.eventAttributeCount) ?? general { limits.eventAttributeCount = value }
        if let value = count(.linkAttributeCount) ?? general { limits.linkAttributeCount = value }
    }

    private static func unknownExporter(_ words: [String]) -> Monitor.Problem {
        let isConsole = words.contains { ["console", "logging", "otlp/stdout"].contains($0) }
        return Monitor.Problem(
            source: "environment",
            code: "unknown-exporter",
            subject: Monitor.Variable.tracesExporter.name,
            message: "OTEL_TRACES_EXPORTER names an exporter that is not there; OTLP is the only one",
            fix: isConsole
                ? "set OTEL_TRACES_EXPORTER=otlp, and MONITORING_CONSOLE=true to see operations on standard error"
                : "set OTEL_TRACES_EXPORTER=otlp and OTEL_EXPORTER_OTLP_ENDPOINT to a collector that sends on",
            severity: .notice
        )
    }

    private static var noneAmongOthers: Monitor.Problem {
        Monitor.Problem(
            source: "environment",
            code: "contradiction",
            subject: Monitor.Variable.tracesExporter.name,
            message: "OTEL_TRACES_EXPORTER names none beside others; spans are sent",
            fix: "set OTEL_TRACES_EXPORTER=none or otlp",
            severity: .notice
        )
    }

    private static func batchOverQueue(_ size: Int) -> Monitor.Problem {
        Monitor.Problem(
            source: "environment",
            code: "contradiction",
            subject: Monitor.Variable.batchSize.name,
            message:
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE is larger than OTEL_BSP_MAX_QUEUE_SIZE; batches of \(size) are sent",
            fix: "make the queue at least as large as a batch",
            severity: .notice
        )
    }
}
