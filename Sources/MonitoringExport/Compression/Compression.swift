/// How bodies are made smaller before they are sent.
package enum Compression: Sendable, Hashable {
    /// Not at all.
    case none
    /// By gzip, at a level from 1, the fastest, to 9, the smallest.
    case gzip(level: Int)

    /// Reads what `OTEL_EXPORTER_OTLP_COMPRESSION` may say.
    ///
    /// - Parameter text: `gzip` or `none`, in any case.
    package init?(environmentValue text: String) {
        switch text.lowercased() {
        case "gzip": self = .gzip(level: 1)
        case "none": self = .none
        default: return nil
        }
    }

    /// What to use towards a receiver when nothing is asked for: the fastest gzip, but nothing on this machine, where
    /// the time costs more than the bytes.
    ///
    /// - Parameter endpoint: The receiver.
    /// - Returns: What to use.
    package static func standard(for endpoint: Endpoint) -> Compression {
        endpoint.isLoopback ? .none : .gzip(level: 1)
    }
}
