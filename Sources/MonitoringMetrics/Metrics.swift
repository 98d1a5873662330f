public import MonitoringCore

/// The metrics of a monitor: makes instruments and families, and reads them back.
///
/// ```swift
/// let metrics = monitor.metrics
/// let uploads = metrics.counter("documents_uploaded_total", "Documents uploaded.", labels: .documentType)
/// uploads[.loan].increment()
/// ```
///
/// Names may be OpenTelemetry's or Prometheus': what Prometheus does not allow becomes `_`, a counter's name ends with
/// `_total`, and `METRICS_NAMESPACE` is put before it. Units stand in the name, in base units: `_seconds`, `_bytes`. The same
/// registration twice gives the same instrument; one that contradicts another of its name works for whoever made it, is
/// not exposed, and is told as a problem. Nothing here stops the host.
///
/// Where metrics are off, everything that is made does nothing: make instruments after `Monitor.start`.
public struct Metrics: Sendable {
    let plugin: MetricsPlugin?

    init(_ plugin: MetricsPlugin?) { self.plugin = plugin }

    var registry: MetricRegistry? { plugin?.registry }

    /// The one series of a metric without labels.
    func single(_ name: String, _ help: String, _ kind: MetricKind, bounds: [Double] = []) -> MetricHandle {
        registry?.family(name, help, kind, bounds: bounds).handle(LabelValues()) ?? MetricHandle(nil)
    }

    /// Metrics that are off.
    public static let off = Metrics(nil)
}

extension Monitor {
    /// What makes metrics and reads them; ``Metrics/off`` where the plugin is not on.
    ///
    /// Finding it walks the list of plugins: keep it, or better the instruments that it makes.
    public var metrics: Metrics { Metrics(plugin(MetricsPlugin.self)) }
}
