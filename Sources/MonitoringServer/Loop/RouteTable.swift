package import MonitoringCore

/// Finds endpoints by method and path.
package struct RouteTable: Sendable {
    /// What there is for a method and path.
    enum Match {
        case endpoint(Endpoint)
        /// The path is there with other methods.
        case otherMethods([String])
        case nothing
    }

    private var endpoints: [String: [String: Endpoint]] = [:]
    /// Endpoints that stand behind others of the same method and path.
    package private(set) var hidden: [Endpoint] = []

    /// Makes a table; of two endpoints for one method and path the first counts.
    package init(_ all: [Endpoint]) {
        for endpoint in all {
            if endpoints[endpoint.path]?[endpoint.method] == nil {
                endpoints[endpoint.path, default: [:]][endpoint.method] = endpoint
            } else {
                hidden.append(endpoint)
            }
        }
    }

    /// Finds what answers; `HEAD` is answered by `GET`, unless there is an endpoint for it.
    func find(_ method: String, _ path: String) -> Match {
        guard let methods = endpoints[path] else { return .nothing }
        if let endpoint = methods[method] ?? (method == "HEAD" ? methods["GET"] : nil) { return .endpoint(endpoint) }
        return .otherMethods(Set(methods.keys).union(methods["GET"] == nil ? [] : ["HEAD"]).sorted())
    }
}

/// Where a server takes its routes from.
enum RouteSource: Sendable {
    case fixed(RouteTable)
    /// Asked for every request: `nil` while they are not known yet.
    case found(@Sendable () -> RouteTable?)

    var table: RouteTable? {
        switch self {
        case .fixed(let table): table
        case .found(let find): find()
        }
    }
}
