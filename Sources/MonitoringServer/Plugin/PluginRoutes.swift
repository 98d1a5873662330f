internal import MonitoringCore
internal import Synchronization

/// The endpoints of a monitor's plugins, looked up once after the start.
final class PluginRoutes: Sendable {
    private let context: Monitor.PluginContext
    private let known = Mutex<RouteTable?>(nil)

    init(_ context: Monitor.PluginContext) { self.context = context }

    /// The endpoints and the index page; `nil` until the start is over, and when the monitor is gone.
    var table: RouteTable? {
        guard let monitor = context.monitor else { return nil }
        if let table = known.withLock(\.self) { return table }
        // Asked without the lock: plugins are foreign to it.
        let offered = monitor.endpoints
        let table = RouteTable(offered + [IndexPage(offered).endpoint])
        let isFirst = known.withLock { known in
            defer { known = table }
            return known == nil
        }
        // A plugin's own page at `/` takes the place of the index, and nobody needs to hear of that.
        if isFirst { for endpoint in RouteTable(offered).hidden { tell(endpoint) } }
        return table
    }

    private func tell(_ endpoint: Endpoint) {
        context.report(
            Monitor.Problem(
                source: "server",
                code: "endpoint-twice",
                subject: "\(endpoint.method) \(endpoint.path)",
                message: "\(endpoint.method) \(endpoint.path) is offered by two plugins; the first is served",
                fix: "leave one of the plugins out, or give one another path",
                severity: .notice
            )
        )
    }
}
