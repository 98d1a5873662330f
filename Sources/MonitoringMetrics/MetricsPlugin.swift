package import MonitoringCore

/// Counts operations and what the host counts by itself, and offers it to whoever scrapes.
package final class MetricsPlugin: MonitoringPlugin {
    let registry: MetricRegistry
    let reader: GaugeReader
    private let operations: OperationMetrics
    private let layer: LayerMetrics
    private let summary: String

    /// Makes the plugin.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - context: What the monitor gives to a plugin.
    package init(_ configuration: MetricsConfiguration, _ context: Monitor.PluginContext) {
        let registry = MetricRegistry(configuration, context)
        self.registry = registry
        reader = GaugeReader(context)
        operations = OperationMetrics(registry, configuration)
        layer = LayerMetrics(registry, context)
        let namespace = configuration.namespace.isEmpty ? "" : "namespace \(configuration.namespace), "
        summary = namespace + "at most \(configuration.cardinalityLimit) series a metric"
    }

    package var interest: Monitor.Kinds { .all }
    package var signals: Monitor.PluginSignals { .captures }
    package var startupSummary: String { summary }

    package var endpoints: [Endpoint] {
        [
            Endpoint(method: "GET", path: "/metrics", access: .scrape, handler: .synchronous(page)),
            Endpoint(method: "GET", path: "/metrics/prometheus", access: .scrape, handler: .synchronous(textPage)),
        ]
    }

    package func started(_ operation: Monitor.Record) { operations.started(operation) }
    package func ended(_ operation: Monitor.Record) { operations.ended(operation) }
    package func captured(_ capture: Monitor.Capture) { operations.captured(capture) }

    private func page(_ request: EndpointRequest) -> EndpointResponse {
        let (format, escaping) = MetricsFormat.preferred(request.headers.values("accept"))
        guard format == .json else { return textPage(format, escaping) }
        let exposition = JSONExposition(makePage())
        return Self.response(JSONExposition.contentType) { exposition.next() }
    }

    private func textPage(_ request: EndpointRequest) -> EndpointResponse {
        let (format, escaping) = MetricsFormat.preferred(request.headers.values("accept"))
        return textPage(format, escaping)
    }

    private func textPage(_ format: MetricsFormat, _ escaping: String?) -> EndpointResponse {
        let dialect: TextDialect = format == .openMetrics ? .openMetrics : .prometheus
        let exposition = TextExposition(makePage(), dialect)
        // No name here needs an escape, so that any way to do it is the right one.
        let type = dialect.contentType + (escaping.map { "; escaping=" + $0 } ?? "")
        return Self.response(type) { exposition.next() }
    }

    private static func response(_ type: String, _ next: @escaping @Sendable () -> [UInt8]?) -> EndpointResponse {
        EndpointResponse(headers: [("Content-Type", type), ("Vary", "Accept")], body: .pieces(next))
    }

    /// All that there is to expose now.
    func makePage() -> MetricsPage { layer.timed { MetricsPage(registry, reader) } }
}
