public import MonitoringCore

/// The settings of the embedded server: defaults, to which the environment is applied, then what code says.
///
/// ```swift
/// let monitor = try await Monitor.start(.metrics, .server { $0.port = 8080 })
/// ```
///
/// No description of it shows the token.
public struct ServerConfiguration: MonitoringConfiguration {
    /// The address to listen on, or a name that leads to one.
    ///
    /// Default: `127.0.0.1`, this machine alone.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    ///
    /// Default: 9464, which is OpenTelemetry's for Prometheus.
    public var port = 9464
    /// What sensitive endpoints want as `Authorization: Bearer …`.
    ///
    /// Default: `nil`. On loopback nothing is needed then; beyond, sensitive endpoints are refused.
    public var token: String?
    /// The names besides `localhost` and IP addresses that a `Host` header may hold on a loopback address.
    ///
    /// Default: none.
    public var allowedHosts: [String] = []
    /// How much and how long the server takes.
    public var limits = EndpointServer.Limits()

    /// The documented defaults.
    public init() {}

    /// The environment variables that the server reads.
    public static var variables: [Monitor.Variable] { Monitor.Variable.server }

    /// Takes over what the environment says.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - report: Called once a bad value, which leaves the setting as it is.
    public mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        if let text = environment.string(.serverHost, report: report) { host = text }
        if let number = environment.integer(.serverPort, in: 0...65_535, report: report) { port = number }
        if let text = environment.string(.serverToken, report: report) { token = text }
        if let names = environment.list(.serverAllowedHosts, report: report) { allowedHosts = names }
    }
}

extension ServerConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Where it listens; no secrets.
    public var description: String { "ServerConfiguration(host: \(host), port: \(port))" }
    /// Where it listens; no secrets.
    public var debugDescription: String { description }
    /// A mirror without the token.
    public var customMirror: Mirror {
        Mirror(self, children: ["host": host, "port": port, "allowedHosts": allowedHosts, "limits": limits])
    }
}
