internal import MonitoringCore

/// The variables of the embedded server.
extension Monitor.Variable {
    static let serverHost = Self(
        "MONITORING_HOST",
        aliases: ["OTEL_EXPORTER_PROMETHEUS_HOST"],
        default: "127.0.0.1",
        meaning: "The address that the embedded server listens on; beyond loopback, sensitive endpoints need a token",
        allowed: "an address of this machine, or a name that leads to one"
    )
    static let serverPort = Self(
        "MONITORING_PORT",
        aliases: ["PROMETHEUS_PORT", "OTEL_EXPORTER_PROMETHEUS_PORT"],
        default: "9464",
        meaning: "The port of the embedded server; 0 for any that is free",
        allowed: "0 to 65535"
    )
    static let serverToken = Self(
        "MONITORING_TOKEN",
        meaning: "What sensitive endpoints want as Authorization: Bearer",
        allowed: "visible characters of ASCII",
        isSecret: true
    )
    static let serverAllowedHosts = Self(
        "MONITORING_ALLOWED_HOSTS",
        meaning: "Names besides localhost that the Host header of a request to a loopback address may hold",
        allowed: "name,name"
    )

    /// All that ``ServerConfiguration`` reads.
    static let server = [serverHost, serverPort, serverToken, serverAllowedHosts]
}
