import MonitoringCore

/// Who the process is, as series that are always 1.
enum ProcessIdentity {
    static func families(
        _ resource: Monitor.Resource,
        _ name: (String, MetricKind) -> String
    ) -> [CollectedFamily] {
        var info = CollectedFamily(name("app_info", .gauge), "The service, its version and where it runs.", .info)
        info.add(
            [
                ("service", text(resource, "service.name")), ("version", text(resource, "service.version")),
                ("environment", text(resource, "deployment.environment.name")),
            ],
            1
        )
        // Named so by OpenTelemetry, whatever the namespace is.
        var target = CollectedFamily("target_info", "The resource that the metrics belong to.", .info)
        target.add(labels(resource), 1)
        return resource.attributes.isEmpty ? [info] : [info, target]
    }

    private static func text(_ resource: Monitor.Resource, _ key: String) -> String {
        resource[key].map(\.description) ?? ""
    }

    /// Every attribute, under a name that Prometheus allows; of two that become one name both values.
    private static func labels(_ resource: Monitor.Resource) -> [(name: String, value: String)] {
        var values: [String: String] = [:]
        for attribute in resource.attributes.sorted(by: { $0.key < $1.key }) {
            let name = MetricName.labels([attribute.key], of: .gauge)[0]
            values[name] = values[name].map { $0 + ";" + attribute.value.description } ?? attribute.value.description
        }
        return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
