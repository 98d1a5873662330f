import MonitoringCore
import MonitoringServer

/// The demo as a service on loopback: what it offers, and the server that offers it.
struct Service: Sendable {
    /// Where a service listens, and why it is not the port that was asked for.
    struct Listening: Sendable, Hashable {
        var host: String
        var port: Int
        var detour: String?
    }

    private static let host = "127.0.0.1"
    /// The longest time until an answer that is not streamed; a model may be asked several times for it.
    private static let answerTime = Duration.seconds(300)

    private let assistant: Assistant
    private let breaker: Breaker
    private let address: OwnAddress
    private let monitor: Monitor

    init(_ assistant: Assistant, breaker: Breaker, address: OwnAddress, monitor: Monitor) {
        self.assistant = assistant
        self.breaker = breaker
        self.address = address
        self.monitor = monitor
    }

    /// What the service offers.
    ///
    /// The server observes each request, so handlers do not.
    var endpoints: [Endpoint] {
        [
            ChatEndpoint(assistant: assistant).endpoint,
            TimeEndpoint(breaker: breaker).endpoint,
            HelpEndpoint(address: address).endpoint,
        ] + BreakEndpoints(breaker: breaker).endpoints
    }

    /// Listens: on the port, or on any that is free when that one is not to be had.
    ///
    /// - Throws: `ServerError` when no port is to be had.
    func start(port: Int) throws(ServerError) -> (server: EndpointServer, listening: Listening) {
        do {
            return try listen(port, detour: nil)
        } catch {
            guard port != 0 else { throw error }
            return try listen(0, detour: "\(error)")
        }
    }

    private func listen(
        _ port: Int,
        detour: String?
    ) throws(ServerError) -> (server: EndpointServer, listening: Listening) {
        var configuration = EndpointServer.Configuration()
        configuration.host = Self.host
        configuration.port = port
        configuration.observer = monitor
        configuration.limits.bodyBytes = ChatQuestion.bodyLimit
        configuration.limits.handlerTime = Self.answerTime
        let server = EndpointServer(endpoints, configuration: configuration)
        let bound = try server.start()
        address.set(host: bound.host, port: bound.port)
        return (server, Listening(host: bound.host, port: bound.port, detour: detour))
    }
}
