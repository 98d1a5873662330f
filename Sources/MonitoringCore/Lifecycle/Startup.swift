/// The steps from factories, environment and code to a monitor.
struct Startup {
    let factories: [Monitor.PluginFactory]
    let environment: Monitor.Environment
    let configuration: Monitor.Configuration
    let settings: Monitor.CoreSettings
    let redactor: Redactor
    let diagnostics: Diagnostics

    init(
        _ factories: [Monitor.PluginFactory],
        environment: Monitor.Environment,
        configure: (inout Monitor.Configuration) -> Void
    ) {
        var found: [Monitor.Problem] = environment.problems
        let settings = Monitor.CoreSettings(environment) { found.append($0) }
        var configuration = Monitor.Configuration()
        configuration.service = settings.serviceName
        configuration.version = settings.version
        configuration.deploymentEnvironment = settings.deploymentEnvironment
        configuration.capturesContent = settings.capturesContent
        configuration.isStrict = settings.isStrict
        if let console = settings.console { configuration.console = console ? .always : .never }
        configure(&configuration)
        if settings.console == false { configuration.console = .never }

        self.factories = factories
        self.environment = environment
        self.configuration = configuration
        self.settings = settings
        let isQuiet = settings.isQuiet ?? (configuration.diagnosticsSink == nil && TestRunner.isRunning)
        let sink = configuration.diagnosticsSink ?? { StandardError.write(line: $0) }
        redactor = Redactor(configuration.redaction)
        diagnostics = Diagnostics(redactor: redactor, clock: configuration.clock, sink: isQuiet ? nil : sink)
        // Every variable declared secret is removed from all text, wherever it turns up.
        for secret in environment.secretTexts(of: factories.flatMap(\.variables)) { redactor.register(secret: secret) }
        for problem in found { diagnostics.report(problem) }
    }

    func makeMonitor() throws(Monitor.StartError) -> Monitor {
        let found = EnvironmentCheck.problems(
            in: environment,
            variables: factories.flatMap(\.variables),
            flags: factories.map(\.flag)
        )
        for problem in found { diagnostics.report(problem) }
        if !configuration.propagationTargets.invalidPatterns.isEmpty { reportInvalidTargets() }
        let reference = MonitorReference()
        let context = Monitor.PluginContext(
            environment: environment,
            resource: makeResource(),
            clock: configuration.clock,
            redactor: redactor,
            diagnostics: diagnostics,
            reference: reference
        )
        var plugins = makePlugins(context)
        tellOfSwitchesWithoutPlugin()
        if let console = consoleTree() { plugins.insert(("console", console), at: 0) }
        if configuration.isStrict {
            let problems = diagnostics.problems.filter { $0.severity > .notice }
            if !problems.isEmpty { throw Monitor.StartError(problems: problems) }
        }
        let monitor = Monitor(
            Monitor.Parts(
                plugins: plugins,
                clock: configuration.clock,
                redactor: redactor,
                recordLimit: configuration.redaction.recordLimit,
                capturesContent: configuration.capturesContent,
                resource: context.resource,
                diagnostics: diagnostics,
                ids: configuration.ids,
                propagationTargets: configuration.propagationTargets,
                propagators: settings.propagators
            )
        )
        reference.lead(to: monitor)
        return monitor
    }

    /// Makes the plugins that are on, each after those it requires, and says of each why it is on or off.
    private func makePlugins(_ context: Monitor.PluginContext) -> [(name: String, plugin: any MonitoringPlugin)] {
        var made: [(name: String, plugin: any MonitoringPlugin)] = []
        for entry in PluginOrder(factories, report: diagnostics.report).sorted {
            let decision = settings.decide(entry.flag, in: environment, report: diagnostics.report)
            guard decision.isOn else {
                diagnostics.line("\(entry.name): off, \(decision.reason)")
                continue
            }
            if let missing = entry.requires.first(where: { name in !made.contains { $0.name == name } }) {
                diagnostics.line("\(entry.name): off, it needs \(missing), which is not on")
                continue
            }
            do throws(Monitor.Problem) {
                let plugin = try entry.make(environment, context)
                made.append((entry.name, plugin))
                let summary = plugin.startupSummary.isEmpty ? "" : "; " + plugin.startupSummary
                let code = entry.isConfiguredInCode ? ", then code" : ""
                diagnostics.line("\(entry.name): on, \(decision.reason)\(code)\(summary)")
            } catch {
                diagnostics.line("\(entry.name): off, it could not be made")
                diagnostics.report(error)
            }
        }
        return made
    }

    private func reportInvalidTargets() {
        diagnostics.report(
            Monitor.Problem(
                source: "core",
                code: "invalid-value",
                subject: "propagationTargets",
                message:
                    "\(configuration.propagationTargets.invalidPatterns.count) propagation targets are no host name, "
                    + "address or *.suffix and match nothing",
                fix: "write hosts without scheme and path, such as *.internal.example or billing.example:8443"
            )
        )
    }

    /// A switch that is on, or a variable that suggests it, does nothing without the plugin.
    private func tellOfSwitchesWithoutPlugin() {
        for flag in Monitor.Flag.standard where !factories.contains(where: { $0.flag.name == flag.name }) {
            let asked = ([flag.name] + flag.aliases + flag.hints).first { environment[$0] != nil }
            guard let asked, flag.hints.contains(asked) || flag.resolve(in: environment, report: { _ in }).isOn else {
                continue
            }
            diagnostics.report(
                Monitor.Problem(
                    source: "core",
                    code: "not-registered",
                    subject: asked,
                    message: "\(asked) is set, but the host registered no plugin that \(flag.name) switches",
                    fix: "give the plugin to Monitor.start, or unset the variable",
                    severity: .notice
                )
            )
        }
    }

    private func makeResource() -> Monitor.Resource {
        var resource = Monitor.Resource.detect(
            environment: environment,
            service: configuration.service,
            version: configuration.version,
            deploymentEnvironment: configuration.deploymentEnvironment,
            report: diagnostics.report
        )
        for attribute in configuration.resource.entries {
            resource[attribute.key.name] = attribute.value
        }
        return resource.redacted(by: redactor)
    }

    private func consoleTree() -> ConsoleTree? {
        let stops: Bool
        switch configuration.console {
        case _ where settings.isSDKDisabled, .never: return nil
        case .always: stops = false
        case .automatic:
            guard configuration.diagnosticsSink == nil, !TestRunner.isRunning, StandardError.isTerminal else {
                return nil
            }
            stops = true
        }
        if settings.isQuiet == true { return nil }
        let sink = configuration.diagnosticsSink ?? { StandardError.write(line: $0) }
        return ConsoleTree(diagnostics: diagnostics, stopsAtAcceptance: stops, sink: sink)
    }
}
