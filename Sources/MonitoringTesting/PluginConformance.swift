public import MonitoringCore
import Synchronization

/// Checks that a plugin keeps the laws of `MonitoringPlugin`, whoever wrote it.
///
/// ```swift
/// @Test func `the plugin keeps the laws`() async {
///     #expect(await PluginConformance.check(.slowLog).isEmpty)
/// }
/// ```
public enum PluginConformance: Sendable {
    /// How long a hook may take before it counts as never returning, in seconds of real time.
    private static let patience = 5.0

    /// Starts the plugin, drives operations of every kind through it from several threads, and stops it.
    ///
    /// - Parameters:
    ///   - factory: The plugin.
    ///   - environment: Variables that it needs; the one that switches it on is added.
    /// - Returns: What it does wrong, one sentence each; empty when it keeps the laws.
    public static func check(_ factory: Monitor.PluginFactory, environment: Monitor.Environment = [:]) async -> [String]
    {
        var violations = await checkSwitch(factory, environment)
        violations += await checkBadValues(factory, environment)
        violations += await checkSecrets(factory, environment)
        violations += await checkLife(factory, environment)
        return violations
    }

    private static func start(
        _ factory: Monitor.PluginFactory,
        _ environment: Monitor.Environment,
        _ lines: LineSink
    ) async throws(Monitor.StartError) -> Monitor {
        try await Monitor.start([factory], environment: environment) { configuration in
            configuration.installs = false
            configuration.diagnosticsSink = { lines.append($0) }
        }
    }

    private static func checkSwitch(_ factory: Monitor.PluginFactory, _ environment: Monitor.Environment) async
        -> [String]
    {
        let lines = LineSink()
        let off = environment.setting(factory.flag.name, to: "false")
        guard let monitor = try? await start(factory, off, lines) else { return ["it cannot be started switched off"] }
        let isMade = monitor.plugin(named: factory.name) != nil
        await monitor.shutdown(within: .seconds(1))
        return isMade ? ["it is made though \(factory.flag.name)=false"] : []
    }

    private static func checkBadValues(
        _ factory: Monitor.PluginFactory,
        _ environment: Monitor.Environment
    ) async -> [String] {
        var violations: [String] = []
        for variable in factory.variables {
            for value in [
                "", "\u{0}", "-1", "99999999999999999999999", "x=y,,;%zz", String(repeating: "é", count: 5000),
            ] {
                let lines = LineSink()
                let bad = switchedOn(factory, environment).setting(variable.name, to: value)
                guard let monitor = try? await start(factory, bad, lines) else {
                    violations.append("\(variable.name) with a bad value keeps the host from starting")
                    continue
                }
                await monitor.shutdown(within: .seconds(1))
            }
        }
        return violations
    }

    /// A secret that is declared must not be shown by an endpoint; start-up lines and diagnostics are cleaned by the core.
    private static func checkSecrets(_ factory: Monitor.PluginFactory, _ environment: Monitor.Environment) async
        -> [String]
    {
        var violations: [String] = []
        for variable in factory.variables where variable.isSecret {
            let canary = "canary-5f8e7d6c5b4a"
            let told = switchedOn(factory, environment).setting(variable.name, to: canary)
            guard let monitor = try? await start(factory, told, LineSink()) else { continue }
            for endpoint in monitor.plugin(named: factory.name)?.endpoints ?? [] where endpoint.method == "GET" {
                let answer = await endpoint.respond(EndpointRequest(path: endpoint.path))
                let body = (try? await answer.body.collected(upTo: 1 << 20)) ?? []
                if String(decoding: body, as: UTF8.self).contains(canary) {
                    violations.append("\(endpoint.path) shows the secret \(variable.name)")
                }
            }
            await monitor.shutdown(within: .seconds(1))
        }
        return violations
    }

    private static func checkLife(_ factory: Monitor.PluginFactory, _ environment: Monitor.Environment) async
        -> [String]
    {
        let lines = LineSink()
        let monitor: Monitor
        do {
            monitor = try await start(factory, switchedOn(factory, environment), lines)
        } catch {
            return ["it does not start: \(error)"]
        }
        guard let plugin = monitor.plugin(named: factory.name) else {
            return ["it is not made though it is switched on: " + lines.all.joined(separator: " | ")]
        }
        var violations = checkEndpoints(plugin)
        if await !returns({ await drive(monitor) }) {
            return violations + ["a hook does not return: its caller hangs"]
        }
        for endpoint in plugin.endpoints where endpoint.method == "GET" {
            if await !returns({ _ = await endpoint.respond(EndpointRequest(path: endpoint.path)) }) {
                violations.append("\(endpoint.path) does not answer")
            }
        }
        if await !returns({ await monitor.flush(within: .seconds(1)) }) {
            violations.append("flush does not return in time")
        }
        if await !returns({ await monitor.shutdown(within: .seconds(1)) }) {
            violations.append("shutdown does not return in time")
        }
        if await !returns({ await monitor.shutdown(within: .seconds(1)) }) {
            violations.append("a second shutdown does not return")
        }
        await drive(monitor)
        for ledger in monitor.ledger where ledger.imbalance != 0 {
            violations.append("the ledger of \(ledger.signal) does not add up: it is off by \(ledger.imbalance)")
        }
        return violations
    }

    private static func checkEndpoints(_ plugin: any MonitoringPlugin) -> [String] {
        var violations: [String] = []
        var seen: Set<String> = []
        for endpoint in plugin.endpoints {
            if !endpoint.path.hasPrefix("/") { violations.append("the path \(endpoint.path) does not start with /") }
            if !["GET", "POST"].contains(endpoint.method) {
                violations.append("\(endpoint.path) has the method \(endpoint.method)")
            }
            if endpoint.access == .open { violations.append("\(endpoint.path) is open to everybody") }
            if !seen.insert(endpoint.method + endpoint.path).inserted {
                violations.append("\(endpoint.method) \(endpoint.path) is offered twice")
            }
        }
        return violations
    }

    private static func switchedOn(
        _ factory: Monitor.PluginFactory,
        _ environment: Monitor.Environment
    ) -> Monitor.Environment {
        environment.setting(factory.flag.name, to: "true")
    }

    /// Operations of every kind, nested, parallel, failing, cancelled, abandoned, with hostile text in them.
    private static func drive(_ monitor: Monitor) async {
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<8 {
                group.addTask { driveOnce(monitor, index) }
            }
        }
    }

    private static func driveOnce(_ monitor: Monitor, _ index: Int) {
        let hostile = "\u{0}\u{1B}[31m\"\\ é 🔥 \u{202E}" + String(repeating: "x", count: index * 1000)
        monitor.observe(.httpServer(method: "GET", route: "/\(index)"), continuing: ["traceparent": hostile]) {
            request in
            monitor.scope.user = Monitor.Scope.User(id: String(index))
            monitor.scope.tags[hostile] = hostile
            monitor.breadcrumb(hostile)
            monitor.observe(.agent(name: "agent")) { agent in
                agent.event(hostile, [hostile: hostile])
                monitor.observe(.chat(provider: "p", model: "m")) { $0[.inputTokens] = index }
                monitor.observe(.embeddings(provider: "p", model: "m")) {}
                monitor.observe(.retrieval(source: "s")) {}
                try? monitor.observe(.tool(name: "t")) { throw ConformanceFailure(text: hostile) }
                try? monitor.observe(.mcp(method: "tools/call", tool: "t")) { throw CancellationError() }
                monitor.observe(.database(system: "sqlite")) { $0.detail(hostile, hostile) }
                monitor.observe(.cache(name: "c", operation: "get")) { $0[.cacheHit] = index.isMultiple(of: 2) }
                monitor.observe(.external(service: "s")) { $0.fail("code", hostile) }
                monitor.observe(.httpClient(method: "GET", url: hostile)) { $0[.responseStatus] = 503 }
                _ = monitor.begin(.custom("abandoned"))
            }
            monitor.capture(ConformanceFailure(text: hostile))
            monitor.capture(hostile, level: .warning, tags: [hostile: hostile])
            monitor.log(.error, hostile, [hostile: index])
            request[.responseStatus] = 200
        }
    }

    /// Whether work comes back within the patience, by real time: what hangs is left behind.
    private static func returns(_ work: @escaping @Sendable () async -> Void) async -> Bool {
        await Deadline.race(.seconds(patience), SystemClock()) { await work() } != nil
    }
}

private struct ConformanceFailure: Error {
    let text: String
}
