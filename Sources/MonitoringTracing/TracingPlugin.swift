package import MonitoringCore

/// Records operations as spans and sends them to a collector by OTLP: head sampler, limits, encoder, spool, exporter.
package final class TracingPlugin: MonitoringPlugin {
    private let traceSampler: TraceSampler
    private let spanLimits: Monitor.Limits
    private let export: SpanExport?

    /// Makes the plugin; nothing is sent before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - context: What the monitor gives to a plugin.
    /// - Throws: Why no span can be sent: an endpoint that is no URL, or certificates that cannot be used.
    package init(
        _ configuration: TracingConfiguration,
        _ context: Monitor.PluginContext
    ) throws(Monitor.Problem) {
        traceSampler = configuration.sampler
        spanLimits = configuration.limits
        export = configuration.isExporting ? try SpanExport(configuration, context) : nil
    }

    package var interest: Monitor.Kinds { .all }
    /// None where nothing is recorded, so that a caller's context passes on unbroken.
    package var sampler: (any Monitor.HeadSampler)? { export == nil ? nil : traceSampler }
    package var limits: Monitor.Limits? { spanLimits }

    package var startupSummary: String {
        let target = export.map(\.summary) ?? "recording nothing (OTEL_TRACES_EXPORTER=none)"
        return "\(target), sampler \(traceSampler.summary)"
    }

    package var ledger: [Monitor.Ledger] { export.map { [$0.snapshot] } ?? [] }

    package var signals: Monitor.PluginSignals { export?.hearsBreadcrumbs == true ? [.breadcrumbs] : [] }

    package func started(_ operation: Monitor.Record) { export?.began(operation) }

    package func ended(_ operation: Monitor.Record) {
        guard let export else { return }
        if operation.isSampled { export.append(operation) } else { export.ended(operation) }
    }

    package func noted(_ breadcrumb: Monitor.Breadcrumb) { export?.note(breadcrumb) }

    package func run() async throws { await export?.run() }

    package func flush(within limit: Duration) async -> Bool { await export?.flush(within: limit) ?? true }

    package func shutdown(within limit: Duration) async -> Bool { await export?.shutdown(within: limit) ?? true }
}
