package import MonitoringCore

/// The settings of an OTLP exporter that have variables: one for all signals, and one for each that wins over it.
package enum OTLPExporterVariable: String, Sendable, CaseIterable {
    case endpoint = "ENDPOINT"
    case `protocol` = "PROTOCOL"
    case headers = "HEADERS"
    case timeout = "TIMEOUT"
    case compression = "COMPRESSION"
    case certificate = "CERTIFICATE"
    case clientKey = "CLIENT_KEY"
    case clientCertificate = "CLIENT_CERTIFICATE"

    /// All variables that an exporter of a signal reads.
    package static func all(for signal: OTLPSignal) -> [Monitor.Variable] {
        allCases.flatMap { [$0.general, $0.variable(for: signal)] }
    }

    /// The variable for all signals.
    package var general: Monitor.Variable {
        declare("OTEL_EXPORTER_OTLP_\(rawValue)", default: defaultText, meaning: meaning)
    }

    /// The variable of one signal, which wins over the general one.
    package func variable(for signal: OTLPSignal) -> Monitor.Variable {
        let meaning = self == .endpoint ? "The URL to which \(signal) are posted, used as it stands" : meaning
        return declare(signal.variablePrefix + rawValue, meaning: "\(meaning); for \(signal) alone")
    }

    private func declare(_ name: String, default: String = "", meaning: String) -> Monitor.Variable {
        Monitor.Variable(
            name,
            default: `default`,
            meaning: meaning,
            allowed: allowed,
            isSecret: self == .headers
        )
    }

    private var defaultText: String {
        switch self {
        case .endpoint: "http://localhost:4318"
        case .protocol: "http/json"
        case .timeout: "10000"
        case .compression: "gzip, none to loopback"
        case .headers, .certificate, .clientKey, .clientCertificate: ""
        }
    }

    private var meaning: String {
        switch self {
        case .endpoint: "The collector's base URL, to which v1/traces, v1/metrics or v1/logs is added"
        case .protocol: "How the collector is spoken to"
        case .headers: "Headers of every request, such as an API key"
        case .timeout: "The longest one attempt may take, in milliseconds; 0 is no limit"
        case .compression: "How request bodies are made smaller"
        case .certificate: "A PEM file of certificates to trust; needs the package trait AsyncHTTPClient"
        case .clientKey: "A PEM file with the client's key; needs the package trait AsyncHTTPClient"
        case .clientCertificate: "A PEM file with the client's certificate; needs the package trait AsyncHTTPClient"
        }
    }

    private var allowed: String {
        switch self {
        case .endpoint: "an http:// or https:// URL"
        case .protocol: "http/json"
        case .headers: "name=value,name=value, the values percent-encoded"
        case .timeout: "0 to 2147483647"
        case .compression: "gzip, none"
        case .certificate, .clientKey, .clientCertificate: "a path"
        }
    }
}
