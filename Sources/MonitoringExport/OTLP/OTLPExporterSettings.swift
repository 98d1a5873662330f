package import MonitoringCore

/// The settings of an OTLP exporter: the specification's defaults, over these the environment, over that code.
///
/// Holds secrets (headers, the endpoint's path): nothing prints it.
package struct OTLPExporterSettings: Sendable {
    /// What is sent.
    package let signal: OTLPSignal
    /// The URL that is posted to, used as it stands; `nil` for OTLP's default.
    package var endpoint: String? {
        didSet { endpointVariable = nil }
    }
    /// The variable that the endpoint comes from; `nil` for the default and for one that code has set.
    package private(set) var endpointVariable: String?
    /// Headers of every request.
    package var headers: [String: String] = [:]
    /// The longest one attempt may take.
    package var timeout = Monitor.TimeLimit.after(.seconds(10))
    /// How bodies are made smaller; `nil` for gzip, and nothing to loopback.
    package var compression: Compression?
    /// A PEM file of certificates to trust.
    package var certificateFile: String?
    /// A PEM file with the client's key.
    package var clientKeyFile: String?
    /// A PEM file with the client's certificate.
    package var clientCertificateFile: String?

    /// The specification's defaults.
    package init(signal: OTLPSignal) {
        self.signal = signal
    }

    /// Takes over what the environment says: the signal's own variable before the general one, each by itself.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - report: Called once a bad value.
    package mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        func first<Value>(_ setting: OTLPExporterVariable, _ read: (Monitor.Variable) -> Value?) -> Value? {
            read(setting.variable(for: signal)) ?? read(setting.general)
        }
        applyEndpoint(environment, report: report)
        checkProtocol(environment, report: report)
        if let list = first(.headers, { environment.headers($0, report: report) }) {
            headers = Dictionary(list.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        }
        if let limit = first(.timeout, { environment.timeout($0, report: report) }) { timeout = limit }
        let words: KeyValuePairs = ["gzip": Compression.gzip(level: 1), "none": Compression.none]
        if let choice = first(.compression, { environment.choice($0, of: words, report: report) }) {
            compression = choice
        }
        if let path = first(.certificate, { environment.string($0, report: report) }) { certificateFile = path }
        if let path = first(.clientKey, { environment.string($0, report: report) }) { clientKeyFile = path }
        if let path = first(.clientCertificate, { environment.string($0, report: report) }) {
            clientCertificateFile = path
        }
    }

    /// The signal's own endpoint is used as it stands; to the general one the signal's path is added.
    ///
    /// A text that is no URL is kept: what was meant for a receiver must not go to another.
    private mutating func applyEndpoint(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        let own = OTLPExporterVariable.endpoint.variable(for: signal)
        let general = OTLPExporterVariable.endpoint.general
        if let text = environment.string(own, report: report) {
            endpoint = text
            endpointVariable = own.name
            if (try? Endpoint(text))?.path == "/" { report(.endpointWithoutPath(own.name, signal)) }
        } else if let text = environment.string(general, report: report) {
            if let base = try? Endpoint(text) {
                let whole = base.appending(signal.path)
                endpoint = whole.origin + whole.path
                if base.path.hasSuffix("/" + signal.path) { report(.pathGivenTwice(general.name, own.name, signal)) }
            } else {
                endpoint = text
            }
            endpointVariable = general.name
        }
    }

    private func checkProtocol(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        for variable in [OTLPExporterVariable.protocol.variable(for: signal), OTLPExporterVariable.protocol.general] {
            guard let text = environment.string(variable, report: report) else { continue }
            switch text.lowercased() {
            case "http/json": break
            case "http/protobuf", "grpc": report(.unspoken(protocol: text.lowercased(), variable.name))
            default: _ = environment.choice(variable, of: ["http/json": true], report: report)
            }
            return
        }
    }
}
