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
        var seen = telemetry.diagnostics.joined(separator: "\n")
        for operation in telemetry.operations {
            seen += "\(operation.name) \(operation.attributes) \(operation.events) \(operation.links)"
            seen += "\(operation.failure?.type ?? "") \(operation.failure?.message ?? "")"
        }
        for capture in telemetry.captures {
            seen += "\(capture.attributes) \(capture.scope.tags.all) \(capture.scope.breadcrumbs)"
            switch capture.subject {
            case .message(let message): seen += message
            case .error(_, let type, let message): seen += type + message
            }
        }
        for entry in telemetry.logs { seen += "\(entry.message) \(entry.attributes)" }
        #expect(!seen.contains(secret))
        #expect(seen.contains("[redacted]") && seen.contains("keep it"))
        #expect(telemetry.captures.count == 2 && telemetry.logs.count == 1 && telemetry.operations.count == 4)
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
