import Testing

@testable import MonitoringCore

@Suite struct EnvironmentCheckTests {
    @Test(arguments: [
        ("ENABLE_TRACNG", "ENABLE_TRACING"), ("ENABLE_TARCING", "ENABLE_TRACING"),
        ("ENABLE_TRACIING", "ENABLE_TRACING"),
        ("ENABLE_TRCNG", "ENABLE_TRACING"), ("enable_tracing", "ENABLE_TRACING"), ("ENABEL_TRACING", "ENABLE_TRACING"),
        ("ENABLE_TRACES", "ENABLE_TRACING"), ("ENABLE_OTEL", "ENABLE_TRACING"), ("ENABLE_METRIC", "ENABLE_METRICS"),
        ("ENABLE_LOG", "ENABLE_LOGS"), ("ENABLE_HEALTHCHECKS", "ENABLE_HEALTH_CHECKS"),
        ("ENABLE_SENTY", "ENABLE_SENTRY"), ("MONITORING_STRCT", "MONITORING_STRICT"),
        ("MONITORING_QUITE", "MONITORING_QUIET"), ("OTEL_SERVICENAME", "OTEL_SERVICE_NAME"),
        ("OTEL_RESOURCE_ATTRIBUTE", "OTEL_RESOURCE_ATTRIBUTES"),
        ("OTEL_EXPORTER_OTLP_ENDPONT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
        ("OTEL_EXPORTER_OTLP_TRACE_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
        ("OTEL_EXPORTER_OTLP_HEADER", "OTEL_EXPORTER_OTLP_HEADERS"), ("OTEL_TRACE_SAMPLER", "OTEL_TRACES_SAMPLER"),
        ("OTEL_BSP_SCHEDULED_DELAY", "OTEL_BSP_SCHEDULE_DELAY"), ("SENTRY_DNS", "SENTRY_DSN"),
        ("SENTRY_DSN_FIEL", "SENTRY_DSN_FILE"), ("SENTRY_ENVIROMENT", "SENTRY_ENVIRONMENT"),
        ("METRICS_NAMESPCE", "METRICS_NAMESPACE"), ("PROMETHEUS_PROT", "PROMETHEUS_PORT"),
    ])
    func `a typing error is told with what was meant`(_ name: String, _ guess: String) {
        let problems = EnvironmentCheck.problems(in: Monitor.Environment([name: "canary-value"]))
        #expect(problems.map(\.code) == ["unknown-variable"])
        #expect(problems.first?.subject == name)
        #expect(problems.first?.message == "\(name) is not known; did you mean \(guess)?")
        #expect(!"\(problems)".contains("canary"))
    }

    @Test(arguments: [
        "ENABLE_DOCS", "ENABLE_CACHE", "ENABLE_DEBUG", "ENABLE_AUTH", "ENABLE_RATE_LIMIT", "OTEL_JAVAAGENT_DEBUG",
        "SENTRY_ORG", "SENTRY_AUTH_TOKEN", "METRICS_PATH", "MONITORING_TEAM", "PROMETHEUS_URL", "PATH", "HOME",
        "LOGNAME", "APP_NAME", "ENVIRONMENTS", "SMTP_PORT", "DATABASE_URL", "ENABLE_", "OTEL_", "_", "",
    ])
    func `names that hosts have for themselves are left alone`(_ name: String) {
        #expect(EnvironmentCheck.problems(in: Monitor.Environment([name: "1"])).isEmpty)
    }

    @Test func `no name that is known to the project is called unknown`() {
        let all = Dictionary(uniqueKeysWithValues: KnownVariables.names.map { ($0, "x") })
        #expect(EnvironmentCheck.problems(in: Monitor.Environment(all)).isEmpty)
        for name in [
            "SENTRY_RELEASE", "METRICS_NAMESPACE", "OTEL_METRICS_EXPORTER", "OTEL_BLRP_SCHEDULE_DELAY",
            "OTEL_LOGS_EXPORTER", "OTEL_EXPORTER_OTLP_LOGS_HEADERS_FILE", "MONITORING_SPOOL_DIR", "MONITORING_STRICT",
            "ENABLE_PROMETHEUS", "APP_VERSION", "OTEL_TRACES_SAMPLER_ARG",
        ] {
            #expect(all[name] != nil, "\(name)")
        }
    }

    @Test func `names that plugins declare are known, and guessed`() {
        let variables = [
            Monitor.Variable("SLOW_LOG_LIMIT", aliases: ["ENABLE_TRACNG"], meaning: "limit", isSecret: true)
        ]
        let flags = [Monitor.Flag.off("ENABLE_SLOW_LOG")]
        let environment: Monitor.Environment = [
            "SLOW_LOG_LIMIT_FILE": "/x", "ENABLE_TRACNG": "1", "ENABLE_SLOW_LOG": "1", "ENABLE_SLOW_LOGS": "1",
            "SLOW_LOG_LIMTI": "2",
        ]
        let problems = EnvironmentCheck.problems(in: environment, variables: variables, flags: flags)
        #expect(
            problems.map(\.message) == [
                "ENABLE_SLOW_LOGS is not known; did you mean ENABLE_SLOW_LOG?",
                "SLOW_LOG_LIMTI is not known; did you mean SLOW_LOG_LIMIT?",
            ]
        )
    }

    @Test func `a typing error beside the right name is only a notice`() {
        let wrong = EnvironmentCheck.problems(in: ["ENABLE_TRACNG": "1"])
        let both = EnvironmentCheck.problems(in: ["ENABLE_TRACNG": "1", "ENABLE_TRACING": "1"])
        #expect(wrong.map(\.severity) == [.warning])
        #expect(both.map(\.severity) == [.notice])
    }

    struct Peer: Sendable, CustomTestStringConvertible {
        let environment: [String: String]
        let subject: String
        let fix: String
        var testDescription: String { "\(environment)" }
    }

    static let peers: [Peer] = [
        Peer(environment: ["OTEL_CONFIG_FILE": "/c.yaml"], subject: "OTEL_CONFIG_FILE", fix: "set the variables"),
        Peer(
            environment: ["OTEL_EXPERIMENTAL_CONFIG_FILE": "/c.yaml"],
            subject: "OTEL_EXPERIMENTAL_CONFIG_FILE",
            fix: "set the variables"
        ),
        Peer(environment: ["OTEL_LOG_LEVEL": "debug"], subject: "OTEL_LOG_LEVEL", fix: "MONITORING_QUIET"),
        Peer(environment: ["OTEL_ENTITIES": "x"], subject: "OTEL_ENTITIES", fix: "OTEL_RESOURCE_ATTRIBUTES"),
        Peer(
            environment: ["OTEL_SEMCONV_STABILITY_OPT_IN": "http/dup"],
            subject: "OTEL_SEMCONV_STABILITY_OPT_IN",
            fix: "new names"
        ),
        Peer(
            environment: ["OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT": "true"],
            subject: "OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT",
            fix: "SPAN_ONLY"
        ),
        Peer(
            environment: ["OTEL_INSTRUMENTATION_GENAI_UPLOAD_BASE_PATH": "s3://x"],
            subject: "OTEL_INSTRUMENTATION_GENAI_UPLOAD_*",
            fix: "SPAN_ONLY"
        ),
        Peer(
            environment: ["OTEL_TRACES_EXPORTER": "none", "ENABLE_TRACING": "true"],
            subject: "OTEL_TRACES_EXPORTER",
            fix: "ENABLE_TRACING=false"
        ),
        Peer(
            environment: ["OTEL_TRACES_EXPORTER": "otlp, Console"],
            subject: "OTEL_TRACES_EXPORTER",
            fix: "MONITORING_CONSOLE=true"
        ),
        Peer(environment: ["OTEL_TRACES_EXPORTER": "zipkin"], subject: "OTEL_TRACES_EXPORTER", fix: "collector"),
        Peer(
            environment: ["OTEL_EXPORTER_ZIPKIN_ENDPOINT": "http://z:9411"],
            subject: "OTEL_EXPORTER_ZIPKIN_*",
            fix: "collector"
        ),
        Peer(
            environment: ["OTEL_EXPORTER_JAEGER_ENDPOINT": "http://j:14268"],
            subject: "OTEL_EXPORTER_JAEGER_*",
            fix: "4318"
        ),
        Peer(environment: ["JAEGER_AGENT_HOST": "j"], subject: "JAEGER_*", fix: "4318"),
        Peer(
            environment: ["OTEL_EXPORTER_OTLP_INSECURE": "true"],
            subject: "OTEL_EXPORTER_OTLP_INSECURE",
            fix: "http://"
        ),
        Peer(
            environment: ["OTEL_EXPORTER_OTLP_TRACES_INSECURE": "true"],
            subject: "OTEL_EXPORTER_OTLP_TRACES_INSECURE",
            fix: "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
        ),
        Peer(
            environment: ["SENTRY_PROFILES_SAMPLE_RATE": "1.0"],
            subject: "SENTRY_PROFILES_SAMPLE_RATE",
            fix: "SENTRY_TRACES_SAMPLE_RATE"
        ),
        Peer(environment: ["PROMETHEUS_MULTIPROC_DIR": "/tmp"], subject: "PROMETHEUS_MULTIPROC_DIR", fix: "unset"),
        Peer(environment: ["DD_SERVICE": "x"], subject: "DD_SERVICE", fix: "OTEL_SERVICE_NAME"),
        Peer(environment: ["DD_API_KEY": "x", "DD_SITE": "y"], subject: "DD_*", fix: "OTEL_EXPORTER_OTLP_ENDPOINT"),
        Peer(environment: ["NEW_RELIC_LICENSE_KEY": "x"], subject: "NEW_RELIC_*", fix: "otlp.nr-data.net"),
        Peer(environment: ["LANGFUSE_SECRET_KEY": "x"], subject: "LANGFUSE_*", fix: "/api/public/otel"),
        Peer(environment: ["TRACELOOP_API_KEY": "x"], subject: "TRACELOOP_*", fix: "OTEL_EXPORTER_OTLP_HEADERS"),
        Peer(environment: ["LANGSMITH_API_KEY": "x"], subject: "LANGSMITH_*", fix: "/otel"),
        Peer(environment: ["HONEYCOMB_API_KEY": "x"], subject: "HONEYCOMB_*", fix: "x-honeycomb-team"),
    ]

    @Test(arguments: peers) func `a variable of another product gets one notice with what to do`(_ peer: Peer) {
        let problems = EnvironmentCheck.problems(in: Monitor.Environment(peer.environment))
        #expect(problems.map(\.subject) == [peer.subject])
        #expect(problems.map(\.code) == ["not-served"])
        #expect(problems.map(\.severity) == [.notice])
        #expect(problems.first?.fix.contains(peer.fix) == true)
    }

    @Test(arguments: [
        ["OTEL_TRACES_EXPORTER": "otlp"], ["OTEL_TRACES_EXPORTER": "none"],
        ["OTEL_SEMCONV_STABILITY_OPT_IN": "gen_ai_latest_experimental"],
    ])
    func `values that lose nothing are not told`(_ values: [String: String]) {
        #expect(EnvironmentCheck.problems(in: Monitor.Environment(values)).isEmpty)
    }

    @Test func `a family is told once, with the names and no values`() {
        let names = ["DD_A", "DD_B", "DD_C", "DD_D", "DD_E", "DD_F"]
        let environment = Monitor.Environment(Dictionary(uniqueKeysWithValues: names.map { ($0, "canary") }))
        let problems = EnvironmentCheck.problems(in: environment)
        #expect(problems.count == 1)
        #expect(problems.first?.message.hasPrefix("DD_A, DD_B, DD_C, DD_D and 2 more: ") == true)
        #expect(!"\(problems)".contains("canary"))
    }

    @Test func `what a registered plugin declares is that plugin's business`() {
        let variables = [
            Monitor.Variable("OTEL_TRACES_EXPORTER", meaning: "exporter"), .init("DD_ENV", meaning: "place"),
        ]
        let environment: Monitor.Environment = ["OTEL_TRACES_EXPORTER": "console", "DD_ENV": "x"]
        #expect(EnvironmentCheck.problems(in: environment, variables: variables).isEmpty)
    }

    @Test func `names are shown short and on one line`() {
        let name = "ENABLE_TRACING\u{1B}\n"
        let problems = EnvironmentCheck.problems(in: Monitor.Environment([name: "1"]))
        #expect(problems.map(\.subject) == ["ENABLE_TRACING\\u{1b}\\n"])
    }

    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "abcd", 1),
        ("ca", "abc", 3), ("kitten", "sitting", 3), ("TRACNG", "TRACING", 1),
    ])
    func `typing errors are counted`(_ left: String, _ right: String, _ expected: Int) {
        #expect(EditDistance.between(left, right, limit: 9) == expected)
        #expect(EditDistance.between(right, left, limit: 9) == expected)
        if expected > 0 { #expect(EditDistance.between(left, right, limit: expected - 1) == nil) }
    }
}
