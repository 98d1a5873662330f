import Testing

@testable import MonitoringCore

@Suite struct ResourceDetectTests {
    private func detect(
        _ environment: Monitor.Environment = [:],
        service: String? = nil,
        version: String? = nil,
        deploymentEnvironment: String? = nil,
        facts: SystemFacts = SystemFacts()
    ) -> (resource: Monitor.Resource, problems: [Monitor.Problem]) {
        var problems: [Monitor.Problem] = []
        let resource = Monitor.Resource.detect(
            environment: environment,
            service: service,
            version: version,
            deploymentEnvironment: deploymentEnvironment,
            facts: facts,
            instanceID: "instance"
        ) { problems.append($0) }
        return (resource, problems)
    }

    @Test func `where nothing can be read the required attributes are there`() {
        let (resource, problems) = detect()
        #expect(problems.isEmpty)
        #expect(resource.schemaURL == "https://opentelemetry.io/schemas/1.44.0")
        #expect(resource["service.name"] == .string("unknown_service"))
        #expect(resource["service.instance.id"] == .string("instance"))
        #expect(resource["telemetry.sdk.name"] == .string("swift-agent-monitoring"))
        #expect(resource["telemetry.sdk.language"] == .string("swift"))
        #expect(resource["telemetry.sdk.version"] == .string(MonitoringVersion.current))
        #expect(resource["process.runtime.name"] == .string("swift"))
        #expect(resource["host.name"] == nil)
        #expect(resource["container.id"] == nil)
    }

    @Test func `the service is named by code, then its variable, then the list, then the program`() {
        var facts = SystemFacts()
        facts.executablePath = "/opt/agent/bin/planner"
        let list = "service.name=listed,service.version=9,deployment.environment.name=listed"
        #expect(detect(facts: facts).resource["service.name"] == .string("unknown_service:planner"))
        #expect(detect(["OTEL_RESOURCE_ATTRIBUTES": list]).resource["service.name"] == .string("listed"))
        let both: Monitor.Environment = [
            "OTEL_SERVICE_NAME": "cart%20x", "OTEL_RESOURCE_ATTRIBUTES": list, "APP_VERSION": "2",
            "MONITORING_ENVIRONMENT": "stage",
        ]
        let (named, _) = detect(both)
        #expect(named["service.name"] == .string("cart%20x"))
        #expect(named["service.version"] == .string("2"))
        #expect(named["deployment.environment.name"] == .string("stage"))
        let (coded, _) = detect(both, service: "coded", version: "3", deploymentEnvironment: "prod")
        #expect(coded["service.name"] == .string("coded"))
        #expect(coded["service.version"] == .string("3"))
        #expect(coded["deployment.environment.name"] == .string("prod"))
        #expect(detect(both, service: "").resource["service.name"] == .string("cart%20x"))
    }

    @Test func `the list wins over what was detected`() {
        var facts = SystemFacts()
        facts.hostName = "vm"
        let environment: Monitor.Environment = [
            "OTEL_RESOURCE_ATTRIBUTES": "host.name=h-1,service.instance.id=i-1,team.name=x,service.namespace=shop"
        ]
        let (resource, _) = detect(environment, facts: facts)
        #expect(resource["host.name"] == .string("h-1"))
        #expect(resource["service.instance.id"] == .string("i-1"))
        #expect(resource["team.name"] == .string("x"))
        #expect(resource["service.namespace"] == .string("shop"))
    }

    @Test func `empty values in the list do not unset what is required`() {
        let (resource, _) = detect([
            "OTEL_RESOURCE_ATTRIBUTES": "service.name=,service.instance.id=,service.namespace=,other="
        ])
        #expect(resource["service.name"] == .string("unknown_service"))
        #expect(resource["service.instance.id"] == .string("instance"))
        #expect(resource["service.namespace"] == nil)
        #expect(resource["other"] == .string(""))
    }

    @Test func `one error discards the whole list and is told without the list`() {
        let (resource, problems) = detect(["OTEL_RESOURCE_ATTRIBUTES": "a=1,canary,b=2"])
        #expect(resource["a"] == nil)
        #expect(resource["b"] == nil)
        #expect(problems.map(\.subject) == ["OTEL_RESOURCE_ATTRIBUTES"])
        #expect(problems.first?.message.contains("member 2") == true)
        #expect(!"\(problems)".contains("canary"))
    }

    @Test func `host, system and process are read`() {
        let files: [String: String] = [
            "/etc/machine-id": "4a5cf1c9e3d84d1e9c1b2a3f4e5d6c7b\n",
            "/etc/os-release":
                "NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nPRETTY_NAME='Debian GNU/Linux 12 (bookworm)'\n",
            "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\nagent:x:1000:1000::/home/agent:/bin/sh\n",
            "/proc/stat": "cpu  1 2 3\nintr 5 0 0\nbtime 1700000000\nprocesses 9\n",
            "/proc/self/stat":
                "42 (a) b (c)) R 1634 1634 3030 0 -1 4194304 101 0 0 0 0 0 0 0 20 0 1 0 12345 3133440 390 18446744\n",
        ]
        var facts = SystemFacts { files[$0].map { Array($0.utf8) } }
        facts.processID = 42
        facts.userID = 1_000
        facts.executablePath = "/opt/agent/bin/planner"
        facts.command = "./planner"
        facts.hostName = "vm-1"
        facts.machine = "x86_64"
        facts.runtimeVersion = "6.3.1"
        let (resource, _) = detect(facts: facts)
        let expected: [String: Monitor.Value] = [
            "host.name": .string("vm-1"), "host.arch": .string("amd64"),
            "host.id": .string("4a5cf1c9e3d84d1e9c1b2a3f4e5d6c7b"), "os.type": .string("linux"),
            "os.name": .string("Debian GNU/Linux"), "os.version": .string("12"),
            "os.description": .string("Debian GNU/Linux 12 (bookworm)"), "process.pid": .int(42),
            "process.executable.name": .string("planner"), "process.executable.path": .string("/opt/agent/bin/planner"),
            "process.command": .string("./planner"), "process.owner": .string("agent"),
            "process.creation.time": .string("2023-11-14T22:15:23.450Z"), "process.runtime.name": .string("swift"),
            "process.runtime.version": .string("6.3.1"),
        ]
        for (name, value) in expected { #expect(resource[name] == value, "\(name)") }
    }

    @Test(arguments: [
        ("x86_64", "amd64"), ("aarch64", "arm64"), ("arm64", "arm64"), ("armv7l", "arm32"), ("i686", "x86"),
        ("ppc64le", "ppc64"), ("s390x", "s390x"), ("riscv64", "riscv64"),
    ])
    func `machines have OpenTelemetry's names`(_ machine: String, _ expected: String) {
        var facts = SystemFacts()
        facts.machine = machine
        #expect(detect(facts: facts).resource["host.arch"] == .string(expected))
    }

    @Test(arguments: ["uninitialized\n", "", "4a5c", "zz5cf1c9e3d84d1e9c1b2a3f4e5d6c7b"])
    func `a machine id that is none is left out`(_ text: String) {
        let facts = SystemFacts { $0 == "/etc/machine-id" ? Array(text.utf8) : nil }
        #expect(detect(facts: facts).resource["host.id"] == nil)
    }

    @Test func `the second place of the machine id is looked at`() {
        let id = "4a5cf1c9e3d84d1e9c1b2a3f4e5d6c7b"
        let facts = SystemFacts { $0 == "/var/lib/dbus/machine-id" ? Array(id.utf8) : nil }
        #expect(detect(facts: facts).resource["host.id"] == .string(id))
        #expect(detect(["KUBERNETES_SERVICE_HOST": "10.0.0.1"], facts: facts).resource["host.id"] == nil)
    }

    @Test func `a pod is told by its manifest, else by files and the host's name`() {
        let namespace = "/var/run/secrets/kubernetes.io/serviceaccount/namespace"
        var facts = SystemFacts { $0 == namespace ? Array("shop\n".utf8) : nil }
        facts.hostName = "cart-7d9f-x2x4p"
        let (found, _) = detect(["KUBERNETES_SERVICE_HOST": "10.0.0.1"], facts: facts)
        #expect(found["k8s.pod.name"] == .string("cart-7d9f-x2x4p"))
        #expect(found["k8s.namespace.name"] == .string("shop"))
        #expect(found["k8s.node.name"] == nil)
        let (told, _) = detect(
            [
                "KUBERNETES_SERVICE_HOST": "10.0.0.1", "POD_NAME": "p", "K8S_POD_UID": "u", "POD_NAMESPACE": "n",
                "NODE_NAME": "node-1",
            ],
            facts: facts
        )
        #expect(told["k8s.pod.name"] == .string("p"))
        #expect(told["k8s.pod.uid"] == .string("u"))
        #expect(told["k8s.namespace.name"] == .string("n"))
        #expect(told["k8s.node.name"] == .string("node-1"))
        let (outside, _) = detect(["POD_NAME": "p", "NODE_NAME": "node-1"], facts: facts)
        #expect(outside.attributes.allSatisfy { !$0.key.hasPrefix("k8s.") })
    }

    @Test func `this process is found`() {
        let resource = Monitor.Resource.detect(environment: [:]) { Issue.record("\($0)") }
        for name in [
            "host.name", "host.arch", "os.type", "process.pid", "process.executable.name", "process.executable.path",
            "process.command", "process.runtime.version",
        ] {
            #expect(resource[name] != nil, "\(name)")
        }
        #expect(resource.attributes.allSatisfy { $0.key != "process.command_args" && $0.value != .string("") })
        let other = Monitor.Resource.detect(environment: [:]) { _ in }
        #expect(resource["service.instance.id"] != other["service.instance.id"])
    }
}
