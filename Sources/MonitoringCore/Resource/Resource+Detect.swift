extension Monitor.Resource {
    /// Finds out who this process is.
    ///
    /// Reads some small files once; what cannot be read is left out.
    ///
    /// - Parameters:
    ///   - environment: Where the variables are.
    ///   - service: The service's name as code or a variable of its own says it.
    ///   - version: The service's version, likewise.
    ///   - deploymentEnvironment: Where the service runs, likewise.
    ///   - facts: What the system says.
    ///   - instanceID: `service.instance.id`, unless `OTEL_RESOURCE_ATTRIBUTES` has one.
    ///   - report: Called with what is wrong with the variables.
    /// - Returns: The resource, with every attribute that OpenTelemetry requires.
    package static func detect(
        environment: Monitor.Environment,
        service: String? = nil,
        version: String? = nil,
        deploymentEnvironment: String? = nil,
        facts: SystemFacts = .current,
        instanceID: String = InstanceID.random(),
        report: (Monitor.Problem) -> Void
    ) -> Monitor.Resource {
        let detector = ResourceDetector(environment: environment, facts: facts, report: report)
        var resource = Monitor.Resource(
            [
                .init(
                    "service.name",
                    .string(detector.executableName.map { "unknown_service:\($0)" } ?? "unknown_service")),
                .init("service.instance.id", .string(instanceID)),
                .init("telemetry.sdk.name", .string("swift-agent-monitoring")),
                .init("telemetry.sdk.language", .string("swift")),
                .init("telemetry.sdk.version", .string(MonitoringVersion.current)),
            ] + detector.attributes,
            schemaURL: currentSchemaURL
        )
        resource = resource.merging(listed(in: environment, report: report))
        func settle(_ name: String, _ code: String?, _ variable: Monitor.Variable) {
            let value = code.flatMap { $0.isEmpty ? nil : $0 } ?? environment.string(variable, report: report)
            if let value { resource[name] = .string(value) }
        }
        settle("service.name", service, .serviceName)
        settle("service.version", version, .appVersion)
        settle("deployment.environment.name", deploymentEnvironment, .deploymentEnvironment)
        return resource
    }

    /// What `OTEL_RESOURCE_ATTRIBUTES` says.
    private static func listed(
        in environment: Monitor.Environment,
        report: (Monitor.Problem) -> Void
    ) -> Monitor.Resource {
        let variable = Monitor.Variable.resourceAttributes
        guard let text = environment[variable.name] else { return Monitor.Resource() }
        do throws(ResourceAttributeList.Fault) {
            return try Monitor.Resource(ResourceAttributeList.parse(text).filter { !$0.isUnset })
        } catch {
            report(error.problem(variable))
            return Monitor.Resource()
        }
    }
}

extension Monitor.KeyValue {
    /// True for an attribute whose empty value says that it is not set.
    fileprivate var isUnset: Bool {
        value == .string("") && ["service.name", "service.namespace", "service.instance.id"].contains(key)
    }
}
