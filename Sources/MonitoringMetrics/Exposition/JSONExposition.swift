import MonitoringCore
import Synchronization

/// A page as JSON, made piece by piece, for programs that read no text format.
///
/// `{"families":[{"name":…,"type":"counter","help":…,"series":[{"labels":{…},"value":1}]}]}`; a histogram's series has
/// `count`, `sum` and `buckets`, each with its upper bound `le` as text and the count of it and all below. Numbers that
/// JSON has not are texts: `"NaN"`, `"+Inf"`, `"-Inf"`.
final class JSONExposition: Sendable {
    static let contentType = "application/json"
    private static let pieceBytes = 64 << 10
    private static let slack = 8 << 10

    private struct Position {
        var family = 0
        var series = 0
        var isOver = false
    }

    private let page: MetricsPage
    private let position = Mutex(Position())

    init(_ page: MetricsPage) { self.page = page }

    /// The next piece; `nil` at the end.
    func next() -> [UInt8]? {
        position.withLock { position in
            guard !position.isOver else { return nil }
            var buffer = ExpositionBuffer(capacity: Self.pieceBytes + Self.slack)
            if position.family == 0, position.series == 0 { buffer.write(#"{"families":["#) }
            while position.family < page.families.count, buffer.count < Self.pieceBytes {
                let family = page.families[position.family]
                if position.series == 0 { writeHeader(family, isFirst: position.family == 0, &buffer) }
                position.series = writeSeries(family, from: position.series, &buffer)
                guard position.series >= family.count else { break }
                buffer.write("]}")
                position = Position(family: position.family + 1)
            }
            if position.family >= page.families.count {
                buffer.write("]}\n")
                position.isOver = true
            }
            return buffer.bytes
        }
    }

    private func writeHeader(_ family: MetricsPage.Family, isFirst: Bool, _ buffer: inout ExpositionBuffer) {
        buffer.write(isFirst ? #"{"name":"# : #",{"name":"#)
        JSONText.write(family.name, &buffer)
        buffer.write(#","type":"#)
        JSONText.write(family.type.rawValue, &buffer)
        buffer.write(#","help":"#)
        JSONText.write(family.help, &buffer)
        buffer.write(#","series":["#)
    }

    private func writeSeries(_ family: MetricsPage.Family, from first: Int, _ buffer: inout ExpositionBuffer) -> Int {
        var index = first
        while index < family.count, buffer.count < Self.pieceBytes {
            if index > 0 { buffer.write(",") }
            buffer.write(#"{"labels":{"#)
            switch family {
            case .collected(let family):
                writeLabels(family.samples[index].labels, &buffer)
                buffer.write("},")
                writeValue(family.samples[index].value, &buffer)
            case .stored(_, let series):
                writeLabels(series[index].text.pairs, &buffer)
                buffer.write("},")
                switch page.value(of: series[index]) {
                case .number(let number): writeValue(number, &buffer)
                case .histogram(let value, let shape): write(value, shape, &buffer)
                case .unread: writeValue(nil, &buffer)
                }
            }
            buffer.write("}")
            index += 1
        }
        return index
    }

    private func writeLabels(_ labels: [(name: String, value: String)], _ buffer: inout ExpositionBuffer) {
        for (index, label) in labels.enumerated() {
            if index > 0 { buffer.write(",") }
            JSONText.write(label.name, &buffer)
            buffer.write(":")
            JSONText.write(label.value, &buffer)
        }
    }

    private func writeValue(_ number: NumberSeries.Number?, _ buffer: inout ExpositionBuffer) {
        buffer.write(#""value":"#)
        if let number { JSONText.write(number, &buffer) } else { buffer.write("null") }
    }

    private func write(
        _ value: HistogramSeries.Distribution,
        _ shape: HistogramShape,
        _ buffer: inout ExpositionBuffer
    ) {
        buffer.write(#""count":"#)
        buffer.write(value.count)
        buffer.write(#","sum":"#)
        JSONText.write(.real(value.sum), &buffer)
        buffer.write(#","buckets":["#)
        var cumulative: UInt64 = 0
        for (index, count) in value.counts.enumerated() {
            cumulative &+= count
            buffer.write(index > 0 ? #",{"le":""# : #"{"le":""#)
            buffer.write(GoNumber.text(index < shape.bounds.count ? shape.bounds[index] : .infinity))
            buffer.write(#"","count":"#)
            buffer.write(cumulative)
            buffer.write("}")
        }
        buffer.write("]")
    }
}

/// How texts and numbers are written in JSON.
private enum JSONText {
    static func write(_ number: NumberSeries.Number, _ buffer: inout ExpositionBuffer) {
        guard number.double.isFinite else { return write(GoNumber.text(number.double), &buffer) }
        buffer.write(number)
    }

    static func write(_ text: String, _ buffer: inout ExpositionBuffer) {
        buffer.write("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): buffer.write(#"\""#)
            case UInt8(ascii: "\\"): buffer.write(#"\\"#)
            case 0x00..<0x20:
                buffer.write(#"\u00"#)
                buffer.write(byte < 0x10 ? "0" : "1")
                buffer.write(String(byte & 0x0f, radix: 16))
            default: buffer.write(byte)
            }
        }
        buffer.write("\"")
    }
}
