import Testing

@testable import MonitoringCore

/// What an operator gets wrong, and the one problem that says so.
@Suite struct MisconfigurationTests {
    private static let queueSize = Monitor.Variable("OTEL_BSP_MAX_QUEUE_SIZE", default: "2048", meaning: "queue")
    private static let delay = Monitor.Variable("OTEL_BSP_SCHEDULE_DELAY", default: "5000", meaning: "delay")
    private static let timeout = Monitor.Variable("OTEL_EXPORTER_OTLP_TIMEOUT", default: "10000", meaning: "timeout")
    private static let sampler = Monitor.Variable(
        "OTEL_TRACES_SAMPLER", default: "parentbased_always_on", meaning: "sampler")
    private static let ratio = Monitor.Variable("OTEL_TRACES_SAMPLER_ARG", meaning: "ratio")
    private static let headers = Monitor.Variable("OTEL_EXPORTER_OTLP_HEADERS", meaning: "headers", isSecret: true)
    private static let token = Monitor.Variable("MONITORING_TOKEN", meaning: "token", isSecret: true)

    /// All that a start says about an environment.
    private func diagnose(_ environment: Monitor.Environment) -> [Monitor.Problem] {
        var problems: [Monitor.Problem] = environment.problems
        let report: (Monitor.Problem) -> Void = { problems.append($0) }
        _ = Monitor.CoreSettings(environment, report: report)
        for flag in Monitor.Flag.standard { _ = flag.resolve(in: environment, report: report) }
        _ = environment.integer(Self.queueSize, in: 1...1_000_000, report: report)
        _ = environment.duration(Self.delay, report: report)
        _ = environment.timeout(Self.timeout, report: report)
        _ = environment.choice(
            Self.sampler,
            of: ["always_on": 1, "always_off": 2, "traceidratio": 3, "parentbased_always_on": 4],
            report: report
        )
        _ = environment.number(Self.ratio, report: report)
        _ = environment.headers(Self.headers, report: report)
        _ = environment.secret(Self.token.name, report: report)
        _ = Monitor.Resource.detect(environment: environment, facts: SystemFacts(), report: report)
        problems += EnvironmentCheck.problems(in: environment)
        var told: Set<String> = []
        return problems.filter { told.insert("\($0.source) \($0.code) \($0.subject)").inserted }
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let environment: [String: String]
        let subject: String
        let code: String
        let says: String
        let fix: String
        var testDescription: String { "\(environment)" }

        init(_ environment: [String: String], _ subject: String, _ code: String, says: String, fix: String) {
            self.environment = environment
            self.subject = subject
            self.code = code
            self.says = says
            self.fix = fix
        }
    }

    static let mistakes: [Mistake] = [
        Mistake(
            ["ENABLE_TRACING": "ture"], "ENABLE_TRACING", "invalid-value", says: "not a boolean",
            fix: "set ENABLE_TRACING=false or unset it"),
        Mistake(
            ["ENABLE_TRACING": "\"true\""], "ENABLE_TRACING", "invalid-value", says: "not a boolean",
            fix: "without quotation marks"),
        Mistake(
            ["ENABLE_TRACING": "'true'"], "ENABLE_TRACING", "invalid-value", says: "not a boolean",
            fix: "without quotation marks"),
        Mistake(
            ["ENABLE_METRICS": "2"], "ENABLE_METRICS", "invalid-value", says: "the default true is used",
            fix: "ENABLE_METRICS=true"),
        Mistake(
            ["ENABLE_METRICS": "true", "ENABLE_PROMETHEUS": "false"], "ENABLE_METRICS", "contradiction",
            says: "ENABLE_METRICS is used", fix: "unset ENABLE_PROMETHEUS"),
        Mistake(
            ["ENABLE_PROMETHEUS": "enabled"], "ENABLE_PROMETHEUS", "invalid-value", says: "not a boolean",
            fix: "ENABLE_PROMETHEUS"),
        Mistake(
            ["ENABLE_TRACNG": "true"], "ENABLE_TRACNG", "unknown-variable", says: "did you mean ENABLE_TRACING?",
            fix: "rename"),
        Mistake(
            ["enable_sentry": "true"], "enable_sentry", "unknown-variable", says: "did you mean ENABLE_SENTRY?",
            fix: "rename"),
        Mistake(
            ["TRACING_ENABLED": "true"], "TRACING_ENABLED", "unknown-variable", says: "did you mean ENABLE_TRACING?",
            fix: "rename"),
        Mistake(
            ["OTEL_SERVICE_NAMES": "x"], "OTEL_SERVICE_NAMES", "unknown-variable",
            says: "did you mean OTEL_SERVICE_NAME?", fix: "rename"),
        Mistake(
            ["OTEL_ENDPOINT": "http://c:4318"], "OTEL_ENDPOINT", "unknown-variable",
            says: "did you mean OTEL_EXPORTER_OTLP_ENDPOINT?", fix: "rename"),
        Mistake(
            ["MONITORING_STRICT": "strict"], "MONITORING_STRICT", "invalid-value", says: "not a boolean", fix: "false"),
        Mistake(
            ["MONITORING_QUIET": "shh"], "MONITORING_QUIET", "invalid-value", says: "not a boolean", fix: "false"),
        Mistake(
            ["MONITORING_CONSOLE": "stderr"], "MONITORING_CONSOLE", "invalid-value", says: "it is ignored",
            fix: "correct or unset"),
        Mistake(
            ["OTEL_SDK_DISABLED": "1"], "OTEL_SDK_DISABLED", "invalid-value", says: "taken as false",
            fix: "set OTEL_SDK_DISABLED=true"),
        Mistake(
            ["OTEL_SDK_DISABLED": "junk"], "OTEL_SDK_DISABLED", "invalid-value", says: "taken as false",
            fix: "OTEL_SDK_DISABLED=false"),
        Mistake(
            ["OTEL_RESOURCE_ATTRIBUTES": "team"], "OTEL_RESOURCE_ATTRIBUTES", "invalid-value", says: "has no \"=\"",
            fix: "key=value"),
        Mistake(
            ["OTEL_RESOURCE_ATTRIBUTES": "a=1,"], "OTEL_RESOURCE_ATTRIBUTES", "invalid-value", says: "member 2",
            fix: "key=value"),
        Mistake(
            ["OTEL_RESOURCE_ATTRIBUTES": "a=100%"], "OTEL_RESOURCE_ATTRIBUTES", "invalid-value",
            says: "not percent-encoded", fix: "%25"),
        Mistake(
            ["OTEL_RESOURCE_ATTRIBUTES": "=1"], "OTEL_RESOURCE_ATTRIBUTES", "invalid-value", says: "has no key",
            fix: "key=value"),
        Mistake(
            ["APP_VERSION": "1", "SERVICE_VERSION": "2"], "APP_VERSION", "contradiction", says: "APP_VERSION is used",
            fix: "unset SERVICE_VERSION"),
        Mistake(
            ["ENVIRONMENT": "prod", "APP_ENV": "stage"], "ENVIRONMENT", "contradiction", says: "ENVIRONMENT is used",
            fix: "unset APP_ENV"),
        Mistake(
            ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "yes"],
            "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "invalid-value", says: "SPAN_AND_EVENT",
            fix: "NO_CONTENT"),
        Mistake(
            ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "SPAN_ONYL"],
            "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "invalid-value", says: "not known", fix: "=SPAN_ONLY"),
        Mistake(
            ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "EVENT_ONLY"],
            "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "not-served", says: "no content is captured",
            fix: "SPAN_ONLY"),
        Mistake(
            ["OTEL_PROPAGATORS": "b3"], "OTEL_PROPAGATORS", "not-served", says: "tracecontext,baggage is used",
            fix: "OTEL_PROPAGATORS=tracecontext,baggage"),
        Mistake(
            ["OTEL_PROPAGATORS": "tracecontext,xray"], "OTEL_PROPAGATORS", "not-served", says: "xray", fix: "W3C"),
        Mistake(
            ["OTEL_PROPAGATORS": "none,baggage"], "OTEL_PROPAGATORS", "contradiction", says: "no context", fix: "none"),
        Mistake(
            ["OTEL_BSP_MAX_QUEUE_SIZE": "0"], "OTEL_BSP_MAX_QUEUE_SIZE", "invalid-value", says: "allowed: 1 to 1000000",
            fix: "=2048"),
        Mistake(
            ["OTEL_BSP_MAX_QUEUE_SIZE": "-1"], "OTEL_BSP_MAX_QUEUE_SIZE", "invalid-value",
            says: "the default 2048 is used", fix: "=2048"),
        Mistake(
            ["OTEL_BSP_MAX_QUEUE_SIZE": "2k"], "OTEL_BSP_MAX_QUEUE_SIZE", "invalid-value", says: "\"2k\"", fix: "=2048"),
        Mistake(
            ["OTEL_BSP_SCHEDULE_DELAY": "5s"], "OTEL_BSP_SCHEDULE_DELAY", "invalid-value", says: "milliseconds",
            fix: "set OTEL_BSP_SCHEDULE_DELAY=5000"),
        Mistake(
            ["OTEL_BSP_SCHEDULE_DELAY": "100 ms"], "OTEL_BSP_SCHEDULE_DELAY", "invalid-value", says: "milliseconds",
            fix: "set OTEL_BSP_SCHEDULE_DELAY=100"),
        Mistake(
            ["OTEL_BSP_SCHEDULE_DELAY": "2m"], "OTEL_BSP_SCHEDULE_DELAY", "invalid-value", says: "milliseconds",
            fix: "set OTEL_BSP_SCHEDULE_DELAY=120000"),
        Mistake(
            ["OTEL_EXPORTER_OTLP_TIMEOUT": "10.5"], "OTEL_EXPORTER_OTLP_TIMEOUT", "invalid-value",
            says: "allowed: 0 to 2147483647", fix: "=10000"),
        Mistake(
            ["OTEL_TRACES_SAMPLER": "alwayson"], "OTEL_TRACES_SAMPLER", "invalid-value", says: "allowed: always_on",
            fix: "set OTEL_TRACES_SAMPLER=always_on"),
        Mistake(
            ["OTEL_TRACES_SAMPLER": "probabilistic"], "OTEL_TRACES_SAMPLER", "invalid-value",
            says: "the default parentbased_always_on is used", fix: "parentbased_always_on"),
        Mistake(
            ["OTEL_TRACES_SAMPLER_ARG": "10"], "OTEL_TRACES_SAMPLER_ARG", "invalid-value", says: "allowed: 0 to 1",
            fix: "correct or unset"),
        Mistake(
            ["OTEL_TRACES_SAMPLER_ARG": "10%"], "OTEL_TRACES_SAMPLER_ARG", "invalid-value", says: "allowed: 0 to 1",
            fix: "set OTEL_TRACES_SAMPLER_ARG=0.1"),
        Mistake(
            ["OTEL_EXPORTER_OTLP_HEADERS": "canary"], "OTEL_EXPORTER_OTLP_HEADERS", "invalid-value",
            says: "member 1 has no \"=\"", fix: "name=value"),
        Mistake(
            ["OTEL_EXPORTER_OTLP_HEADERS": "authorization: canary"], "OTEL_EXPORTER_OTLP_HEADERS", "invalid-value",
            says: "has no \"=\"", fix: "name=value"),
        Mistake(
            ["OTEL_EXPORTER_OTLP_HEADERS": "a=canary;canary"], "OTEL_EXPORTER_OTLP_HEADERS", "invalid-value",
            says: "percent-encoded", fix: "%3B"),
        Mistake(
            ["OTEL_EXPORTER_OTLP_HEADERS_FILE": "/nowhere/headers"], "OTEL_EXPORTER_OTLP_HEADERS_FILE",
            "unreadable-file", says: "no such file", fix: "readable"),
        Mistake(
            ["MONITORING_TOKEN": "canary", "MONITORING_TOKEN_FILE": "/run/token"], "MONITORING_TOKEN", "contradiction",
            says: "MONITORING_TOKEN is used", fix: "unset one"),
        Mistake(
            ["MONITORING_TOKEN_FILE": "canary"], "MONITORING_TOKEN_FILE", "unreadable-file", says: "(secret)",
            fix: "readable"),
        Mistake(
            ["MONITORING_TOKEN_FILE": "/"], "MONITORING_TOKEN_FILE", "unreadable-file", says: "not a regular file",
            fix: "readable"),
        Mistake(
            ["OTEL_TRACES_EXPORTER": "zipkin"], "OTEL_TRACES_EXPORTER", "not-served", says: "=zipkin",
            fix: "OTEL_EXPORTER_OTLP_ENDPOINT"),
        Mistake(
            ["DD_API_KEY": "canary"], "DD_*", "not-served", says: "Datadog", fix: "OTEL_EXPORTER_OTLP_ENDPOINT"),
        Mistake(
            ["ENABLE_TRACING": "https://user:canary@host/?k=canary"], "ENABLE_TRACING", "invalid-value",
            says: "(secret)@host", fix: "false"),
        Mistake(
            ["ENABLE_LOGS": "\u{1B}[2Jx"], "ENABLE_LOGS", "invalid-value", says: "\\u{1b}[2Jx", fix: "false"),
    ]

    @Test(arguments: mistakes) func `a mistake is one problem that says what and how to mend it`(_ mistake: Mistake)
        throws
    {
        let problems = diagnose(Monitor.Environment(mistake.environment))
        #expect(problems.map(\.subject) == [mistake.subject])
        let problem = try #require(problems.first)
        #expect(problem.code == mistake.code)
        #expect(problem.source == "environment")
        #expect(problem.message.contains(mistake.says), "\(problem.message)")
        #expect(problem.fix.contains(mistake.fix), "\(problem.fix)")
        #expect(!"\(problem)".contains("canary"))
        #expect(problem.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test func `a sound configuration says nothing`() {
        let problems = diagnose([
            "ENABLE_TRACING": "true", "OTEL_SERVICE_NAME": "cart", "APP_VERSION": "1.2.3", "ENVIRONMENT": "prod",
            "OTEL_RESOURCE_ATTRIBUTES": "team.name=x,service.namespace=shop", "OTEL_BSP_SCHEDULE_DELAY": "1000",
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_EXPORTER_OTLP_HEADERS": "api-key=canary",
            "OTEL_TRACES_SAMPLER": "TraceIdRatio", "OTEL_TRACES_SAMPLER_ARG": "0.1", "SENTRY_DSN": "https://k@s/1",
            "PATH": "/usr/bin", "HOME": "/root", "MONITORING_QUIET": "false",
            "OTEL_PROPAGATORS": "tracecontext,baggage",
        ])
        #expect(problems.isEmpty)
    }

    @Test func `no value of a secret variable is ever in a problem`() {
        for variable in [Self.headers, Self.token, Monitor.Variable("SENTRY_DSN", meaning: "dsn", isSecret: true)] {
            for value in [
                "canary", "canary canary", "https://canary@h/1", "=canary", "canary=", "x=canary\u{7}", "%ca,canary",
            ] {
                for name in variable.allNames {
                    let environment = Monitor.Environment([name: value])
                    var problems = diagnose(environment)
                    let report: (Monitor.Problem) -> Void = { problems.append($0) }
                    _ = environment.string(variable, report: report)
                    _ = environment.boolean(variable, report: report)
                    _ = environment.openTelemetryBoolean(variable, report: report)
                    _ = environment.integer(variable, report: report)
                    _ = environment.duration(variable, report: report)
                    _ = environment.number(variable, report: report)
                    _ = environment.choice(variable, of: ["a": 1], report: report)
                    _ = environment.headers(variable, report: report)
                    #expect(!problems.isEmpty || value.isEmpty)
                    #expect(!"\(problems)".contains("canary"))
                }
            }
        }
    }
}
