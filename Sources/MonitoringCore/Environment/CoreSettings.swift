extension Monitor {
    /// What the environment says about the layer as a whole.
    package struct CoreSettings: Sendable {
        /// Whether a problem found at the start makes `start` throw.
        package var isStrict: Bool
        /// Whether nothing is written to standard error; `nil` when not told.
        package var isQuiet: Bool?
        /// Whether finished operations are shown on standard error; `nil` when not told.
        package var console: Bool?
        /// Whether every plugin is off; context still passes through.
        package var isSDKDisabled: Bool
        /// `service.name`, when a variable of its own says it.
        package var serviceName: String?
        /// `service.version`, when a variable of its own says it.
        package var version: String?
        /// `deployment.environment.name`, when a variable of its own says it.
        package var deploymentEnvironment: String?
        /// Where prompts, answers and tool arguments go.
        package var contentCapture: ContentCapture
        /// Which headers carry context.
        package var propagators: Set<Propagator>

        /// Reads the settings.
        ///
        /// - Parameters:
        ///   - environment: Where the variables are.
        ///   - report: Called with what is wrong.
        package init(_ environment: Environment, report: (Monitor.Problem) -> Void) {
            isStrict = environment.boolean(.strict, report: report) ?? false
            isQuiet = environment.boolean(.quiet, report: report)
            console = environment.boolean(.console, report: report)
            isSDKDisabled = environment.openTelemetryBoolean(.sdkDisabled, report: report) ?? false
            serviceName = environment.string(.serviceName, report: report)
            version = environment.string(.appVersion, report: report)
            deploymentEnvironment = environment.string(.deploymentEnvironment, report: report)
            contentCapture = ContentCapture(environment, report: report)
            propagators = Propagator.all(in: environment, report: report)
        }

        /// Whether prompts, answers and tool arguments go onto operations.
        package var capturesContent: Bool { contentCapture == .spans || contentCapture == .spansAndEvents }

        /// Decides whether a plugin is on.
        package func decide(
            _ flag: Flag,
            in environment: Environment,
            report: (Monitor.Problem) -> Void
        ) -> FlagDecision {
            flag.resolve(in: environment, report: report)
        }
    }
}
