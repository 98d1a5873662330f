/// The variables of the layer as a whole.
extension Monitor.Variable {
    static let strict = Self(
        "MONITORING_STRICT",
        default: "false",
        meaning: "Makes start throw, with every problem, when a setting is wrong",
        allowed: ourBooleans
    )
    static let quiet = Self(
        "MONITORING_QUIET",
        default: "false",
        meaning: "Writes nothing to standard error; true by default under a test runner",
        allowed: ourBooleans
    )
    static let console = Self(
        "MONITORING_CONSOLE",
        meaning:
            "Shows finished operations as trees on standard error; by default on a terminal until a first delivery",
        allowed: ourBooleans
    )
    static let sdkDisabled = Self(
        "OTEL_SDK_DISABLED",
        default: "false",
        meaning: "Switches every plugin off; trace context and baggage still pass through",
        allowed: "true, false"
    )
    static let serviceName = Self(
        "OTEL_SERVICE_NAME",
        default: "unknown_service:<executable>",
        meaning: "The service's name, service.name; taken literally, wins over OTEL_RESOURCE_ATTRIBUTES"
    )
    static let resourceAttributes = Self(
        "OTEL_RESOURCE_ATTRIBUTES",
        meaning: "Attributes of everything this process sends; one error discards them all",
        allowed: "key=value,key=value, percent-encoded"
    )
    static let appVersion = Self(
        "APP_VERSION",
        aliases: ["SERVICE_VERSION"],
        meaning: "The service's version, service.version; wins over OTEL_RESOURCE_ATTRIBUTES"
    )
    static let deploymentEnvironment = Self(
        "MONITORING_ENVIRONMENT",
        aliases: ["DEPLOYMENT_ENVIRONMENT", "ENVIRONMENT", "APP_ENV"],
        meaning: "Where the service runs, deployment.environment.name; wins over OTEL_RESOURCE_ATTRIBUTES"
    )
    static let captureContent = Self(
        "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT",
        default: "NO_CONTENT",
        meaning: "Captures prompts, answers and tool arguments, redacted",
        allowed: "NO_CONTENT, SPAN_ONLY, EVENT_ONLY, SPAN_AND_EVENT, true, false"
    )
    static let propagators = Self(
        "OTEL_PROPAGATORS",
        default: "tracecontext,baggage",
        meaning: "Which headers carry context to other processes",
        allowed: "tracecontext, baggage or none, between commas"
    )

    /// The variables that the core reads, whatever plugins there are.
    package static let core: [Self] = [
        strict, quiet, console, sdkDisabled, serviceName, resourceAttributes, appVersion, deploymentEnvironment,
        captureContent, propagators, podName, podUID, podNamespace, nodeName,
    ]

    private static let ourBooleans = "true, 1, yes, on, false, 0, no, off"
}

/// What a pod's manifest can pass on by the downward API; read in Kubernetes alone.
extension Monitor.Variable {
    static let podName = Self(
        "K8S_POD_NAME",
        aliases: ["POD_NAME"],
        default: "the host's name",
        meaning: "The pod's name, k8s.pod.name; read in Kubernetes"
    )
    static let podUID = Self(
        "K8S_POD_UID",
        aliases: ["POD_UID"],
        meaning: "The pod's id, k8s.pod.uid; read in Kubernetes"
    )
    static let podNamespace = Self(
        "K8S_NAMESPACE_NAME",
        aliases: ["K8S_NAMESPACE", "POD_NAMESPACE"],
        default: "the service account's",
        meaning: "The pod's namespace, k8s.namespace.name; read in Kubernetes"
    )
    static let nodeName = Self(
        "K8S_NODE_NAME",
        aliases: ["NODE_NAME"],
        meaning: "The node's name, k8s.node.name; read in Kubernetes"
    )
}
