/// Which of the two text formats a page is written in.
enum TextDialect: Sendable {
    /// Prometheus' text format 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.
    case openMetrics

    var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// What the last line is.
    var end: String {
        switch self {
        case .prometheus: ""
        case .openMetrics: "# EOF\n"
        }
    }

    /// What a family is called before its samples: OpenMetrics leaves out what the type says already.
    func familyName(_ name: String, _ type: MetricType) -> String {
        guard self == .openMetrics, let suffix = type.sampleSuffix, name.hasSuffix(suffix) else { return name }
        return String(name.dropLast(suffix.count))
    }

    /// The word after `# TYPE`.
    func typeName(_ type: MetricType) -> String {
        self == .prometheus && type == .info ? MetricType.gauge.rawValue : type.rawValue
    }

    /// The text after `# HELP`.
    func escapedHelp(_ text: String) -> String {
        guard text.utf8.contains(where: needsEscape) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if needsEscape(byte) { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte == UInt8(ascii: "\n") ? UInt8(ascii: "n") : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "\n"): true
        case UInt8(ascii: "\""): self == .openMetrics
        default: false
        }
    }
}

/// What kind of family it is, by OpenMetrics' words.
enum MetricType: String, Sendable {
    case counter
    case gauge
    case histogram
    /// Always 1, and told by its labels.
    case info

    /// What the names of its samples end with.
    var sampleSuffix: String? {
        switch self {
        case .counter: "_total"
        case .info: "_info"
        case .gauge, .histogram: nil
        }
    }
}
