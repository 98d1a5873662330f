/// What an OTLP exporter sends, as far as names differ by it.
package enum OTLPSignal: String, Sendable, Hashable {
    case traces
    case metrics
    case logs

    /// The path below a collector's base, such as `v1/traces`.
    package var path: String { "v1/\(rawValue)" }

    /// How the names of its own variables begin.
    var variablePrefix: String { "OTEL_EXPORTER_OTLP_\(rawValue.uppercased())_" }
}
