import MonitoringCore

/// All that there is to expose at one moment, family by family in the order of their names.
struct MetricsPage: Sendable {
    enum Family: Sendable {
        case stored(MetricFamilyStorage, [MetricSeries])
        case collected(CollectedFamily)

        var name: String {
            switch self {
            case .stored(let family, _): family.descriptor.name
            case .collected(let family): family.name
            }
        }

        var help: String {
            switch self {
            case .stored(let family, _): family.descriptor.help
            case .collected(let family): family.help
            }
        }

        var type: MetricType {
            switch self {
            case .stored(let family, _): family.descriptor.kind.type
            case .collected(let family): family.type
            }
        }

        /// How many samples there are to write.
        var count: Int {
            switch self {
            case .stored(_, let series): series.count
            case .collected(let family): family.samples.count
            }
        }
    }

    let families: [Family]
    /// What the host said when it was asked, by series.
    let readings: GaugeReader.Readings

    /// Takes the families that have anything to show, and asks the host for what is read.
    init(_ registry: MetricRegistry, _ reader: GaugeReader) {
        let stored = registry.families.map { Family.stored($0, $0.snapshot) }
        let read = stored.flatMap { family -> [ReadSeries] in
            guard case .stored(let storage, let series) = family, storage.descriptor.kind == .reading else { return [] }
            return series.compactMap { $0 as? ReadSeries }
        }
        readings = reader.read(read)
        families = (stored + registry.collected.map(Family.collected)).filter { $0.count > 0 }
            .sorted { $0.name < $1.name }
    }

    /// What a series is worth: what is read from the host as it answered, if it did.
    func value(of series: MetricSeries) -> SeriesValue {
        let value = series.value
        guard case .unread = value, let reading = readings[ObjectIdentifier(series)] else { return value }
        return .number(.real(reading))
    }
}
