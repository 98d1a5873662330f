internal import MonitoringCore

/// What people get wrong about OTLP's variables, each with the fix.
extension Monitor.Problem {
    static func unspoken(protocol name: String, _ variable: String) -> Self {
        Self(
            source: "environment",
            code: "unspoken-protocol",
            subject: variable,
            message: "\(variable)=\(name) is not spoken here; http/json is used",
            fix: "set \(variable)=http/json, and the endpoint to the collector's port for HTTP, 4318",
            severity: .notice
        )
    }

    static func gRPCPort(of endpoint: Endpoint, _ name: String, source: String) -> Self {
        Self(
            source: source,
            code: "grpc-port",
            subject: endpoint.origin,
            message: "\(name) names \(endpoint.origin), and only HTTP with JSON is spoken",
            fix: "that is the gRPC port, use 4318",
            severity: .notice
        )
    }

    static func endpointWithoutPath(_ variable: String, _ signal: OTLPSignal) -> Self {
        Self(
            source: "environment",
            code: "endpoint-path",
            subject: variable,
            message: "\(variable) has no path and is used as it stands: \(signal) are posted to /",
            fix: "add /\(signal.path) to it, or set \(OTLPExporterVariable.endpoint.general.name), where it is added",
            severity: .notice
        )
    }

    static func pathGivenTwice(_ variable: String, _ own: String, _ signal: OTLPSignal) -> Self {
        Self(
            source: "environment",
            code: "endpoint-path",
            subject: variable,
            message: "\(variable) ends with /\(signal.path), to which another /\(signal.path) is added",
            fix: "leave it out there, or set \(own), which is used as it stands",
            severity: .notice
        )
    }
}
