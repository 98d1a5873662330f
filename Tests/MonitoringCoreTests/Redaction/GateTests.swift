import MonitoringCore
import MonitoringTesting
import Testing

/// What a host says passes the gate before any plugin sees it.
@Suite struct GateTests {
    /// Well-shaped and fake; joined here, so that no scanner takes the source for a leak.
    static let canaries = [
        ["sk", "-ant-api03-", "Zq8vT2mLkP4xRw7nYb3cHd5fGj9sAe6uQi1oXt0"].joined(),
        ["ghp", "_", "x7Kq2mVt9LwRz4Yb8NcHd3Fs6Gj5PaUe1QoT"].joined(),
        ["AKIA", "Q3ZT7MWX2KVB5NRD"].joined(),
        "registered-words-7741",
    ]

    @Test(arguments: canaries, [false, true])
    func `a secret is in nothing that a plugin can read`(_ secret: String, _ capturesContent: Bool) async throws {
        struct Failure: Error, CustomStringConvertible { let description: String }
        let telemetry = try await TestMonitor {
            $0.redaction.additionalSecrets = ["registered-words-7741"]
            $0.capturesContent = capturesContent
            $0.console = .always
        }
        let monitor = telemetry.monitor
        let text = "my key is \(secret), keep it"
        monitor.observe(.httpServer(method: "POST", route: "/chat", query: "api_key=\(secret)")) { request in
            request.label("note", text)
            request.detail("note.list", ["a", text])
            request.detail("password", secret)
            request.detail("http.request.header.authorization", ["Bearer \(secret)"])
            request.event(text, ["text": text, "api_key": secret])
            request.link(Monitor.TraceContext(traceID: .init(high: 1, low: 1), spanID: .init(1)), ["why": text])
            request.content("user", text)
            request.content(.toolArguments, #"{"token":"\#(secret)"}"#)
            request.recordException(Failure(description: text))
            monitor.scope.tags["note"] = text
            monitor.breadcrumb(text, ["note": text])
            monitor.capture(text, tags: ["note": text])
            monitor.capture(Failure(description: text))
            monitor.log(.info, text, ["note": text])
            try? monitor.observe(.custom("kind", name: text)) { throw Failure(description: text) }
            monitor.observe(.external(service: "s")) { $0.fail("refused", text) }
            monitor.observe(.httpClient(method: "GET", url: "https://u:\(secret)@h.example/p?token=\(secret)")) {}
        }
        let seen = Self.everything(in: telemetry)
        #expect(!seen.contains(secret))
        #expect(seen.contains("[redacted]") && seen.contains("keep it"))
        #expect(telemetry.captures.count == 2 && telemetry.logs.count == 1 && telemetry.operations.count == 4)
    }

    @Test(arguments: canaries)
    func `a secret is in no name, identifier, key or type either`(_ secret: String) async throws {
        struct Failure: Error, Monitor.ErrorTypeNaming { let monitoringErrorType: String }
        let telemetry = try await TestMonitor {
            $0.redaction.additionalSecrets = ["registered-words-7741"]
            $0.console = .always
        }
        let monitor = telemetry.monitor
        let headers = ["x-request-id": secret]
        let request = Monitor.Work.httpServer(method: secret, route: "/5?key=\(secret)", scheme: secret)
        monitor.observe(request, continuing: headers) { request in
            #expect(request.requestID != secret && !request.requestID.isEmpty)
            request.label(secret, secret)
            request.label("n.\(secret)", 1)
            request.detail(secret, 1.5)
            request.event("e", [secret: 1, "map": Monitor.Value.map([Monitor.KeyValue(secret, .null)])])
            request.link(Monitor.TraceContext(traceID: .init(high: 1, low: 1), spanID: .init(1)), [secret: 1])
            request.recordException(Failure(monitoringErrorType: secret), [secret: secret])
            monitor.scope.tags[secret] = "keep it"
            monitor.scope.contexts[secret] = [secret: secret, "inner": ["a", secret]]
            monitor.breadcrumb("b", category: secret, [secret: 1])
            monitor.capture("m", tags: [secret: 1])
            monitor.capture(Failure(monitoringErrorType: secret))
            monitor.log(.info, "l", [secret: 1])
            for work in Self.works(named: secret) {
                monitor.observe(work) { operation in
                    operation.set(.finishReasons, [secret])
                    operation.set(.responseModel, secret)
                    operation.set(.responseID, secret)
                    operation.fail(secret)
                }
                try? monitor.observe(work) { throw Failure(monitoringErrorType: secret) }
            }
        }
        let seen = Self.everything(in: telemetry)
        #expect(!seen.contains(secret))
        #expect(seen.contains("[redacted]") && seen.contains("keep it") && seen.contains("execute_tool [redacted]"))
        #expect(telemetry.operations.count == 2 * Self.works(named: secret).count + 1)
    }

    @Test func `identifiers keep what looks like an address, a card or a pair`() async throws {
        let telemetry = try await TestMonitor()
        for name in ["ada@example.com", "4111111111111111", "password=tr0ub4dor&3", "sk-learn", "gpt-4o-2024-08-06"] {
            telemetry.monitor.observe(.tool(name: name, callID: name)) { $0.fail(name) }
            let tool = try #require(telemetry.operation("execute_tool \(name)"))
            #expect(tool[Monitor.Label<String>.toolName] == name && tool[Monitor.Detail<String>.toolCallID] == name)
            #expect(tool.failure?.type == name)
        }
    }

    @Test(arguments: [
        ("/5?key=1", "/5"), ("/a#b", "/a"), ("/a/{id}", "/a/{id}"), ("/a/{id?}/b?c", "/a/{id?}/b"), ("/{a?k=1}", "/{a"),
        ("?a", ""), ("/{?q,page}", "/{?q,page}"), ("/{", "/{"),
    ])
    func `a route or template loses query and fragment`(_ given: String, _ kept: String) async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.httpServer(method: "GET", route: given)) {}
        telemetry.monitor.observe(.httpClient(method: "GET", url: "http://h.example/", template: given)) {}
        #expect(
            telemetry.operations.map { $0[Monitor.Label<String>.httpRoute] ?? $0[Monitor.Label<String>.urlTemplate] }
                == [kept, kept])
        #expect(telemetry.operations.map(\.nameParts.subject) == [kept, kept])
    }

    @Test func `an error's type is redacted before it is cut`() async throws {
        let telemetry = try await TestMonitor()
        let name = String(repeating: "x.", count: 120) + Self.canaries[0]
        telemetry.monitor.observe(.custom("c")) { $0.fail(name) }
        let type = try #require(telemetry.operations.first?.failure?.type)
        #expect(type.utf8.count <= 256 && !type.contains(Self.canaries[0].prefix(12)))
    }

    private static func works(named name: String) -> [Monitor.Work] {
        [
            .tool(name: name, callID: name), .agent(name: name, id: name, conversation: name),
            .mcp(method: name, tool: name, prompt: name, session: name, requestID: name),
            .chat(provider: name, model: name), .embeddings(provider: name, model: name), .retrieval(source: name),
            .cache(name: name, operation: name),
            .database(system: name, operation: name, collection: name, namespace: name),
            .external(service: name, operation: name), .custom(name, name: name),
            .httpClient(method: "GET", url: "https://\(name).example/", template: "/\(name)?a=\(name)"),
            Monitor.Work(.tool, name: "do \(name)").with(Monitor.Label<String>(name: name), name),
        ]
    }

    /// All that plugins could read, as one text.
    private static func everything(in telemetry: TestMonitor) -> String {
        var seen = telemetry.diagnostics.joined(separator: "\n")
        for operation in telemetry.operations {
            seen +=
                "\(operation.name) \(operation.requestID ?? "") \(operation.attributes) \(operation.events) \(operation.links)"
            seen += "\(operation.failure?.type ?? "") \(operation.failure?.message ?? "")"
        }
        for capture in telemetry.captures {
            seen += "\(capture.attributes) \(capture.scope.tags.all) \(capture.scope.breadcrumbs)"
            seen += "\(capture.scope.contexts.all)"
            switch capture.subject {
            case .message(let message): seen += message
            case .error(_, let type, let message): seen += type + message
            }
        }
        for entry in telemetry.logs { seen += "\(entry.message) \(entry.attributes)" }
        return seen
    }

    @Test func `free text is redacted before it is cut`() async throws {
        let telemetry = try await TestMonitor()
        let secret = Self.canaries[0]
        let text = String(repeating: "x ", count: 32 * 1024 - 12) + secret
        telemetry.monitor.observe(.custom("c")) { $0.detail("text", text) }
        let value = try #require(telemetry.operations.first?[Monitor.Detail<String>(name: "text")])
        #expect(value.utf8.count <= 64 * 1024 + 32)
        #expect(!value.contains(secret.prefix(12)))
    }

    @Test func `a user is told as given with errors and on the request's span, and nowhere else`() async throws {
        let telemetry = try await TestMonitor { $0.console = .always }
        telemetry.monitor.observe(.httpServer(method: "GET")) {
            telemetry.monitor.observe(.tool(name: "t")) {
                telemetry.monitor.scope.user = Monitor.Scope.User(id: "u1", email: "ada@example.com", username: "Ada")
                telemetry.monitor.capture("m")
            }
        }
        #expect(telemetry.captures.first?.scope.user?.email == "ada@example.com")
        let server = try #require(telemetry.operation("GET"))
        let told = server.attributes.filter { $0.key.name.hasPrefix("user.") }
        #expect(told.map(\.value) == [.string("u1"), .string("ada@example.com"), .string("Ada")])
        #expect(told.allSatisfy { !$0.key.isLabel })
        let tool = try #require(telemetry.operation("execute_tool t"))
        #expect(!tool.attributes.contains { $0.key.name.hasPrefix("user.") })
        #expect(!telemetry.diagnostics.contains { $0.contains("ada@") })
    }
}
