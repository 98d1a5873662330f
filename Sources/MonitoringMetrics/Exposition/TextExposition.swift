import MonitoringCore
import Synchronization

/// A page in one of the text formats, made piece by piece.
final class TextExposition: Sendable {
    /// About how long a piece is.
    private static let pieceBytes = 64 << 10
    /// Room for the line that makes a piece long enough.
    private static let slack = 8 << 10

    private struct Position {
        var family = 0
        var series = 0
        var isOver = false
    }

    private let page: MetricsPage
    private let dialect: TextDialect
    private let position = Mutex(Position())

    init(_ page: MetricsPage, _ dialect: TextDialect = .prometheus) {
        self.page = page
        self.dialect = dialect
    }

    /// The next piece; `nil` at the end.
    func next() -> [UInt8]? {
        position.withLock { position in
            var buffer = ExpositionBuffer(capacity: Self.pieceBytes + Self.slack)
            while position.family < page.families.count, buffer.count < Self.pieceBytes {
                let family = page.families[position.family]
                if position.series == 0 { writeHeader(family, &buffer) }
                position.series = writeSamples(family, from: position.series, &buffer)
                if position.series >= family.count { position = Position(family: position.family + 1) }
            }
            if position.family >= page.families.count, !position.isOver {
                position.isOver = true
                buffer.write(dialect.end)
            }
            return buffer.count == 0 ? nil : buffer.bytes
        }
    }

    private func writeHeader(_ family: MetricsPage.Family, _ buffer: inout ExpositionBuffer) {
        let name = dialect.familyName(family.name, family.type)
        buffer.write("# HELP \(name) \(dialect.escapedHelp(family.help))\n")
        buffer.write("# TYPE \(name) \(dialect.typeName(family.type))\n")
    }

    /// - Returns: The first series that is not written yet.
    private func writeSamples(_ family: MetricsPage.Family, from first: Int, _ buffer: inout ExpositionBuffer) -> Int {
        var index = first
        switch family {
        case .collected(let family):
            while index < family.samples.count, buffer.count < Self.pieceBytes {
                write(family.samples[index], family.name, &buffer)
                index += 1
            }
        case .stored(let storage, let series):
            let names = storage.descriptor.kind.sampleNames(storage.descriptor.name)
            while index < series.count, buffer.count < Self.pieceBytes {
                switch page.value(of: series[index]) {
                case .number(let number): write(names[0], series[index], number, &buffer)
                case .histogram(let value, let shape): write(value, shape, series[index], names, &buffer)
                case .unread: break
                }
                index += 1
            }
        }
        return index
    }

    private func write(
        _ name: String,
        _ series: MetricSeries,
        _ number: NumberSeries.Number,
        _ buffer: inout ExpositionBuffer
    ) {
        buffer.write(name)
        writeLabels(of: series, &buffer)
        buffer.write(UInt8(ascii: " "))
        buffer.write(number)
        buffer.write(UInt8(ascii: "\n"))
    }

    private func write(
        _ value: HistogramSeries.Distribution,
        _ shape: HistogramShape,
        _ series: MetricSeries,
        _ names: [String],
        _ buffer: inout ExpositionBuffer
    ) {
        let labels = shape.labels(dialect)
        var cumulative: UInt64 = 0
        for (index, count) in value.counts.enumerated() {
            cumulative &+= count
            buffer.write(names[1])
            buffer.write(UInt8(ascii: "{"))
            if series.text.count > 0 {
                buffer.write(series.text)
                buffer.write(UInt8(ascii: ","))
            }
            buffer.write(labels[index])
            buffer.write(cumulative)
            buffer.write(UInt8(ascii: "\n"))
        }
        write(names[2], series, .real(value.sum), &buffer)
        buffer.write(names[3])
        writeLabels(of: series, &buffer)
        buffer.write(UInt8(ascii: " "))
        buffer.write(cumulative)
        buffer.write(UInt8(ascii: "\n"))
    }

    private func writeLabels(of series: MetricSeries, _ buffer: inout ExpositionBuffer) {
        guard series.text.count > 0 else { return }
        buffer.write(UInt8(ascii: "{"))
        buffer.write(series.text)
        buffer.write(UInt8(ascii: "}"))
    }

    private func write(_ sample: CollectedFamily.Sample, _ name: String, _ buffer: inout ExpositionBuffer) {
        buffer.write(name)
        for (index, label) in sample.labels.enumerated() {
            buffer.write(index == 0 ? "{" : ",")
            buffer.write(label.name)
            buffer.write("=\"")
            buffer.write(ExposedValue.escaped(label.value))
            buffer.write("\"")
        }
        buffer.write(sample.labels.isEmpty ? " " : "} ")
        buffer.write(sample.value)
        buffer.write("\n")
    }
}
