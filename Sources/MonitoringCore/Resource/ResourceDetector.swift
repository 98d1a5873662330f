/// Reads attributes off the system.
///
/// What cannot be read, or is not what it should be, is left out.
struct ResourceDetector {
    let environment: Monitor.Environment
    let facts: SystemFacts
    let cgroup: [String]
    let mounts: [Mount]
    private let podVariables: [(name: String, value: String)]

    init(environment: Monitor.Environment, facts: SystemFacts, report: (Monitor.Problem) -> Void) {
        self.environment = environment
        self.facts = facts
        cgroup = ControlGroup.paths(facts.readFile("/proc/self/cgroup") ?? [])
        mounts = Mount.all(facts.readFile("/proc/self/mountinfo") ?? [])
        let pod: [(String, Monitor.Variable)] = [
            ("k8s.pod.name", .podName), ("k8s.pod.uid", .podUID), ("k8s.namespace.name", .podNamespace),
            ("k8s.node.name", .nodeName),
        ]
        podVariables =
            environment["KUBERNETES_SERVICE_HOST"] == nil
            ? [] : pod.compactMap { name, variable in environment.string(variable, report: report).map { (name, $0) } }
    }

    /// Everything that was found, in order.
    var attributes: [Monitor.KeyValue] {
        let container = containerID
        var found: [(String, Monitor.Value?)] = []
        found += host(isContained: container != nil || isKubernetes)
        found += operatingSystem
        found += process
        found.append(("container.id", container.map { .string($0) }))
        if isKubernetes { found += pod.map { ($0, $1.map { .string($0) }) } }
        return found.compactMap { name, value in value.map { Monitor.KeyValue(name, $0) } }
    }

    private var isKubernetes: Bool { environment["KUBERNETES_SERVICE_HOST"] != nil }

    private var containerID: String? {
        ContainerID.find(inControlGroups: cgroup)
            ?? ContainerID.find(inControlGroups: mounts.filter(\.isControlGroup).map(\.root))
            // In a pod these files belong to the sandbox, which is another container.
            ?? (isKubernetes ? nil : ContainerID.find(inMounts: mounts))
    }

    private var pod: [(name: String, value: String?)] {
        let namespaceFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace"
        func variable(_ name: String) -> String? { podVariables.first { $0.name == name }?.value }
        return [
            ("k8s.pod.name", variable("k8s.pod.name") ?? facts.hostName),
            ("k8s.pod.uid", variable("k8s.pod.uid") ?? PodID.find(inControlGroups: cgroup, mounts: mounts)),
            ("k8s.namespace.name", variable("k8s.namespace.name") ?? word(inFile: namespaceFile)),
            ("k8s.node.name", variable("k8s.node.name")),
        ]
    }

    /// The only word in a file.
    func word(inFile path: String) -> String? {
        guard let bytes = facts.readFile(path), let text = String(validating: bytes, as: UTF8.self)?.trimmed,
            !text.isEmpty, text.utf8.count <= 256, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return nil }
        return text
    }
}
