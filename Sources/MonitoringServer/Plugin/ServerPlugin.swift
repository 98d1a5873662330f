package import MonitoringCore

/// Serves what the plugins of its monitor offer.
///
/// It listens when it is made, so that the start-up line says where; until the start is over it answers 503.
package final class ServerPlugin: MonitoringPlugin {
    private let server: EndpointServer
    private let routes: PluginRoutes
    private let failure: ServerError?
    private let isGuarded: Bool

    /// Makes the plugin, and listens.
    ///
    /// A server that cannot listen is a problem that is told; the plugin then serves nothing.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - context: What the monitor gives to a plugin.
    package init(_ configuration: ServerConfiguration, _ context: Monitor.PluginContext) {
        var settings = EndpointServer.Configuration()
        settings.host = configuration.host
        settings.port = configuration.port
        settings.token = configuration.token
        settings.allowedHosts = configuration.allowedHosts
        settings.limits = configuration.limits
        settings.clock = context.clock
        settings.guardsAnswers = true
        if let token = configuration.token { context.registerSecret(token) }
        let routes = PluginRoutes(context)
        self.routes = routes
        server = EndpointServer(.found { routes.table }, settings)
        do throws(ServerError) {
            let address = try server.start()
            failure = nil
            isGuarded = address.isLoopback || configuration.token != nil
        } catch {
            failure = error
            isGuarded = true
            context.report(Self.problem(error, configuration))
        }
        if let token = configuration.token, !Self.canBeSent(token) { context.report(Self.uselessToken) }
    }

    package var startupSummary: String {
        if let failure { return "serving nothing, \(failure.message)" }
        guard let address else { return "serving nothing" }
        let hint = isGuarded ? "" : ", sensitive endpoints refused (MONITORING_TOKEN is not set)"
        return "monitoring at \(address.url)\(hint)"
    }

    /// Where it listens; `nil` when it does not.
    package var address: EndpointServer.Address? { server.address }

    /// Has the endpoints looked up, so that what is wrong with them is told at the start.
    package func run() async throws { _ = routes.table }

    package func shutdown(within limit: Duration) async -> Bool {
        // Some of the time is left to the monitor, which counts what is late as lost.
        await server.stop(within: limit / 2)
        return true
    }

    private static func canBeSent(_ token: String) -> Bool {
        !token.isEmpty && token.utf8.allSatisfy(\.isVisible)
    }

    private static let uselessToken = Monitor.Problem(
        source: "server",
        code: "invalid-value",
        subject: Monitor.Variable.serverToken.name,
        message: "the token is empty or holds characters that no Authorization header can; no request has it",
        fix: "use visible characters of ASCII, such as the output of: openssl rand -hex 32"
    )

    private static func problem(_ error: ServerError, _ configuration: ServerConfiguration) -> Monitor.Problem {
        let (variable, fix) =
            switch error.code {
            case .portInUse: (Monitor.Variable.serverPort, "set MONITORING_PORT to another port, or to 0 for any")
            case .notPermitted: (.serverPort, "set MONITORING_PORT to a port from 1024 on")
            case .badPort: (.serverPort, "set MONITORING_PORT to 1 to 65535, or to 0 for any port that is free")
            case .badAddress:
                (.serverHost, "set MONITORING_HOST to 127.0.0.1, or to 0.0.0.0 or :: for every network")
            default: (.serverPort, error.fix)
            }
        return Monitor.Problem(
            source: "server",
            code: error.code.name.split(separator: "_").joined(separator: "-"),
            subject: variable.name,
            message: "\(error.message); nothing is served",
            fix: fix
        )
    }
}
