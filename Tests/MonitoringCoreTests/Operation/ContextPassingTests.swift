import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct ContextPassingTests {
    static let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    static let incoming = ["traceparent": traceparent, "tracestate": "congo=t61", "baggage": "tier=gold"]

    @Test func `a caller's trace is continued, and injected with our own span`() async throws {
        let telemetry = try await TestMonitor()
        var outgoing: [String: String] = [:]
        telemetry.monitor.observe(.httpServer(method: "GET"), continuing: Self.incoming) { _ in
            telemetry.monitor.observe(.httpClient(method: "GET", url: "http://b")) { $0.inject(into: &outgoing) }
        }
        let server = try #require(telemetry.operation("GET"))
        let all = telemetry.operations
        #expect(all.allSatisfy { $0.trace.traceID.description == "4bf92f3577b34da6a3ce929d0e0e4736" && $0.isSampled })
        let root = try #require(all.last)
        #expect(root.parentSpanID?.description == "00f067aa0ba902b7" && root.parentIsRemote)
        #expect(server.trace.spanID.description == "0000000000000002")
        #expect(outgoing["traceparent"] == "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000002-01")
        #expect(outgoing["tracestate"] == "congo=t61" && outgoing["baggage"] == "tier=gold")
    }

    @Test func `with everything off the caller's context passes through unchanged`() async throws {
        var outgoing: [String: String] = [:]
        Monitor.off.observe(.httpServer(method: "GET"), continuing: Self.incoming) { operation in
            Monitor.off.observe(.httpClient(method: "GET", url: "http://b")) { $0.inject(into: &outgoing) }
            #expect(operation.trace?.spanID.description == "00f067aa0ba902b7")
        }
        #expect(outgoing == Self.incoming)
        let fromTask = await Monitor.off.observe(.httpServer(method: "GET"), continuing: Self.incoming) {
            await Task {
                var headers: [String: String] = [:]
                Monitor.Operation.current.inject(into: &headers)
                return headers
            }.value
        }
        #expect(fromTask == Self.incoming)
    }

    @Test func `where operations are heard but no trace is recorded the caller's context goes on unbroken`()
        async throws
    {
        let telemetry = try await TestMonitor(samples: false)
        var outgoing: [String: String] = [:]
        telemetry.monitor.observe(.httpServer(method: "GET"), continuing: Self.incoming) {
            telemetry.monitor.observe(.httpClient(method: "GET", url: "http://b")) { $0.inject(into: &outgoing) }
        }
        #expect(outgoing == Self.incoming)
        #expect(telemetry.operations.count == 2 && telemetry.operations[0].trace.spanID.bits == 2)
    }

    @Test func `a begun operation passes the caller's context on though nobody listens`() {
        var outgoing: [String: String] = [:]
        let operation = Monitor.off.begin(.httpServer(method: "GET"), continuing: Self.incoming)
        operation.inject(into: &outgoing)
        #expect(outgoing == Self.incoming)
        outgoing = [:]
        operation.run {
            Monitor.off.observe(.httpClient(method: "GET", url: "http://b")) { $0.inject(into: &outgoing) }
        }
        #expect(outgoing == Self.incoming)
        operation.end()
    }

    @Test func `a kind that nobody hears of injects what surrounds it`() async throws {
        let telemetry = try await TestMonitor(interest: [.agent])
        var outgoing: [String: String] = [:]
        telemetry.monitor.observe(.agent(name: "lead")) {
            telemetry.monitor.observe(.httpClient(method: "GET", url: "http://b")) { $0.inject(into: &outgoing) }
        }
        let agent = try #require(telemetry.operation("invoke_agent lead"))
        #expect(outgoing["traceparent"]?.contains(agent.trace.spanID.description) == true)
    }

    @Test func `with everything off the targets' own rules hold for baggage`() async throws {
        let off = try await TestMonitor(environment: ["OTEL_SDK_DISABLED": "true"]) {
            $0.propagationTargets = .only(["own.example"])
        }
        for (host, gets) in [("own.example", true), ("api.example.com", false)] {
            var outgoing: [String: String] = [:]
            off.monitor.observe(.httpServer(method: "GET"), continuing: Self.incoming) {
                off.monitor.observe(.chat(provider: "p", model: "m")) { $0.inject(into: &outgoing, to: host) }
            }
            #expect((outgoing["baggage"] != nil) == gets && outgoing["traceparent"] == Self.traceparent)
        }
    }

    @Test func `baggage passes though no trace came with it`() {
        var outgoing: [String: String] = [:]
        Monitor.off.observe(.httpServer(method: "GET"), continuing: ["baggage": "a=1"]) {
            Monitor.Operation.current.inject(into: &outgoing)
        }
        #expect(outgoing == ["baggage": "a=1"])
    }

    @Test func `a kind that nobody hears of passes context through too`() async throws {
        let telemetry = try await TestMonitor(interest: [.cache])
        var outgoing: [String: String] = [:]
        telemetry.monitor.observe(.httpServer(method: "GET"), continuing: Self.incoming) {
            $0.inject(into: &outgoing)
        }
        #expect(outgoing == Self.incoming)
    }

    @Test func `a public endpoint starts a new trace that is linked, and drops state and baggage`() async throws {
        let telemetry = try await TestMonitor()
        var outgoing: [String: String] = [:]
        telemetry.monitor.observe(.httpServer(method: "GET"), continuing: Self.incoming, trust: .link) {
            $0.inject(into: &outgoing)
        }
        let server = try #require(telemetry.operations.first)
        #expect(server.parentSpanID == nil && server.trace.traceID.low == 1)
        #expect(server.links.map(\.context.spanID.description) == ["00f067aa0ba902b7"])
        #expect(outgoing["tracestate"] == nil && outgoing["baggage"] == nil)
        outgoing = [:]
        Monitor.off.observe(.httpServer(method: "GET"), continuing: Self.incoming, trust: .link) {
            Monitor.Operation.current.inject(into: &outgoing)
        }
        #expect(outgoing.isEmpty)
    }

    @Test func `a message that is served inside another operation links its surroundings`() async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.agent(name: "lead")) {
            telemetry.monitor.observe(.mcp(method: "tools/call", isServer: true), continuing: Self.incoming) {}
        }
        let served = try #require(telemetry.operation("tools/call"))
        #expect(served.parentSpanID?.description == "00f067aa0ba902b7")
        #expect(served.links.map(\.context.spanID) == [telemetry.operation("invoke_agent lead")?.trace.spanID])
    }

    @Test func `baggage is not for other parties unless their host is listed`() async throws {
        let telemetry = try await TestMonitor {
            $0.propagationTargets = .ownServices(and: ["*.internal.example"])
        }
        func baggage(_ work: Monitor.Work, to host: String?) -> String? {
            var outgoing: [String: String] = [:]
            telemetry.monitor.observe(.httpServer(method: "GET"), continuing: Self.incoming) {
                telemetry.monitor.observe(work) { $0.inject(into: &outgoing, to: host) }
            }
            return outgoing["baggage"]
        }
        #expect(baggage(.httpClient(method: "GET", url: "http://a"), to: "a") == "tier=gold")
        #expect(baggage(.chat(provider: "p", model: "m"), to: "api.example.com") == nil)
        #expect(baggage(.external(service: "s"), to: nil) == nil)
        #expect(baggage(.chat(provider: "p", model: "m"), to: "llm.internal.example") == "tier=gold")
    }

    @Test func `an invalid header starts a new trace and is told once`() async throws {
        let telemetry = try await TestMonitor()
        for _ in 0..<3 {
            telemetry.monitor.observe(.httpServer(method: "GET"), continuing: ["traceparent": "00-zz"]) {}
        }
        #expect(telemetry.operations.allSatisfy { $0.parentSpanID == nil })
        #expect(telemetry.monitor.problems.map(\.code) == ["invalid-header"])
    }

    @Test(arguments: [
        ("none", []), ("baggage", ["baggage"]), ("tracecontext", ["traceparent", "tracestate"]),
        ("tracecontext,baggage", ["baggage", "traceparent", "tracestate"]),
    ])
    func `OTEL_PROPAGATORS decides what is read and written`(_ value: String, _ names: [String]) async throws {
        let telemetry = try await TestMonitor(environment: ["OTEL_PROPAGATORS": value])
        var outgoing: [String: String] = [:]
        telemetry.monitor.observe(.httpServer(method: "GET"), continuing: Self.incoming) { $0.inject(into: &outgoing) }
        #expect(outgoing.keys.sorted() == names)
        #expect(telemetry.operations.first?.parentIsRemote == names.contains("traceparent"))
    }

    @Test func `a closure sets headers of any type, and a suppressed body sets none`() async throws {
        let telemetry = try await TestMonitor()
        var names: [String] = []
        await telemetry.monitor.observe(.agent(name: "a")) { operation in
            operation.inject { name, _ in names.append(name) }
            await Monitor.suppressed { Monitor.Operation.current.inject { name, _ in names.append("hidden " + name) } }
        }
        #expect(names == ["traceparent"])
    }
}
