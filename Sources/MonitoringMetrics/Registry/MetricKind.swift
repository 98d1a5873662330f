/// What a family counts, and by it of which class its series are.
enum MetricKind: String, Sendable {
    /// Only grows: ``NumberSeries``.
    case counter
    /// Grows and shrinks: ``NumberSeries``.
    case upDownCounter = "up-down counter"
    /// Is set: ``NumberSeries``.
    case gauge
    /// Is read from the host at a scrape: ``ReadSeries``.
    case reading = "gauge that is read"
    /// Is observed: ``HistogramSeries``.
    case histogram

    /// How it is exposed.
    var type: MetricType {
        switch self {
        case .counter: .counter
        case .upDownCounter, .gauge, .reading: .gauge
        case .histogram: .histogram
        }
    }

    /// The names that no other family may use: those of the samples, and OpenMetrics' of the family.
    func reservedNames(_ name: String) -> [String] {
        let family = TextDialect.openMetrics.familyName(name, type)
        return family == name ? sampleNames(name) : sampleNames(name) + [family]
    }

    /// The names of the samples of a family of that name.
    func sampleNames(_ name: String) -> [String] {
        self == .histogram ? [name, name + "_bucket", name + "_sum", name + "_count"] : [name]
    }
}
