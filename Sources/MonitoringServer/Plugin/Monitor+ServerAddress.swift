public import MonitoringCore

extension Monitor {
    /// Where the embedded server listens; `nil` without one, when it could not listen, and after the shutdown.
    public var serverAddress: EndpointServer.Address? { plugin(ServerPlugin.self)?.address }
}
