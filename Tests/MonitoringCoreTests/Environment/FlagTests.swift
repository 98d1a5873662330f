import Testing

@testable import MonitoringCore

@Suite struct FlagTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let flag: Monitor.Flag
        let environment: [String: String]
        let isOn: Bool
        let reason: String
        var problems: [String] = []
        var testDescription: String { "\(flag.name) in \(environment)" }
    }

    static let cases: [Case] = [
        Case(flag: .tracing, environment: [:], isOn: false, reason: "ENABLE_TRACING is not set"),
        Case(flag: .tracing, environment: ["ENABLE_TRACING": ""], isOn: false, reason: "ENABLE_TRACING is not set"),
        Case(flag: .tracing, environment: ["ENABLE_TRACING": "Yes"], isOn: true, reason: "ENABLE_TRACING=true"),
        Case(flag: .tracing, environment: ["ENABLE_TRACING": "0"], isOn: false, reason: "ENABLE_TRACING=false"),
        Case(
            flag: .tracing,
            environment: ["ENABLE_TRACING": "maybe"],
            isOn: false,
            reason: "ENABLE_TRACING is not valid",
            problems: ["invalid-value"]
        ),
        Case(
            flag: .tracing,
            environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"],
            isOn: false,
            reason: "OTEL_EXPORTER_OTLP_ENDPOINT is set but ENABLE_TRACING is not set: "
                + "set ENABLE_TRACING=true to switch it on"
        ),
        Case(
            flag: .metrics,
            environment: [:],
            isOn: true,
            reason: "ENABLE_METRICS is not set, on by default"
        ),
        Case(flag: .metrics, environment: ["ENABLE_METRICS": "off"], isOn: false, reason: "ENABLE_METRICS=false"),
        Case(flag: .metrics, environment: ["ENABLE_PROMETHEUS": "no"], isOn: false, reason: "ENABLE_PROMETHEUS=false"),
        Case(
            flag: .metrics,
            environment: ["ENABLE_METRICS": "true", "ENABLE_PROMETHEUS": "false"],
            isOn: true,
            reason: "ENABLE_METRICS=true",
            problems: ["contradiction"]
        ),
        Case(
            flag: .metrics,
            environment: ["ENABLE_METRICS": "true", "ENABLE_PROMETHEUS": "1"],
            isOn: true,
            reason: "ENABLE_METRICS=true"
        ),
        Case(
            flag: .metrics,
            environment: ["ENABLE_METRICS": "flase", "ENABLE_PROMETHEUS": "false"],
            isOn: false,
            reason: "ENABLE_PROMETHEUS=false",
            problems: ["invalid-value"]
        ),
        Case(
            flag: .metrics,
            environment: ["ENABLE_METRICS": "flase"],
            isOn: true,
            reason: "ENABLE_METRICS is not valid, on by default",
            problems: ["invalid-value"]
        ),
        Case(
            flag: .healthChecks,
            environment: [:],
            isOn: true,
            reason: "ENABLE_HEALTH_CHECKS is not set, on by default"
        ),
        Case(flag: .server, environment: [:], isOn: true, reason: "ENABLE_SERVER is not set, on by default"),
        Case(flag: .server, environment: ["ENABLE_SERVER": "FALSE"], isOn: false, reason: "ENABLE_SERVER=false"),
        Case(flag: .logs, environment: [:], isOn: false, reason: "ENABLE_LOGS is not set"),
        Case(flag: .sentry, environment: [:], isOn: false, reason: "ENABLE_SENTRY is not set"),
        Case(flag: .sentry, environment: ["ENABLE_SENTRY": "1"], isOn: true, reason: "ENABLE_SENTRY=true"),
        Case(
            flag: .sentry,
            environment: ["SENTRY_DSN": "https://canary@sentry.example/1"],
            isOn: false,
            reason: "SENTRY_DSN is set but ENABLE_SENTRY is not set: set ENABLE_SENTRY=true to switch it on"
        ),
        Case(
            flag: .sentry,
            environment: ["SENTRY_DSN_FILE": "/run/secrets/dsn"],
            isOn: false,
            reason: "SENTRY_DSN_FILE is set but ENABLE_SENTRY is not set: set ENABLE_SENTRY=true to switch it on"
        ),
        Case(
            flag: .sentry,
            environment: ["SENTRY_DSN": "https://canary@sentry.example/1", "ENABLE_SENTRY": "false"],
            isOn: false,
            reason: "ENABLE_SENTRY=false"
        ),
        Case(
            flag: .alerts,
            environment: ["SLACK_WEBHOOK_URL": "https://hooks.slack.com/canary"],
            isOn: true,
            reason: "SLACK_WEBHOOK_URL is set"
        ),
        Case(
            flag: .alerts,
            environment: ["PAGERDUTY_ROUTING_KEY_FILE": "/run/secrets/pager"],
            isOn: true,
            reason: "PAGERDUTY_ROUTING_KEY_FILE is set"
        ),
        Case(
            flag: .alerts,
            environment: ["SLACK_WEBHOOK_URL": "https://hooks.slack.com/canary", "ENABLE_ALERTS": "off"],
            isOn: false,
            reason: "ENABLE_ALERTS=false"
        ),
        Case(flag: .alerts, environment: ["ENABLE_ALERTS": "on"], isOn: true, reason: "ENABLE_ALERTS=true"),
        Case(
            flag: Monitor.Flag("ENABLE_X", default: .onWhenSet(["A", "B"])),
            environment: [:],
            isOn: false,
            reason: "ENABLE_X is not set, nor is any of A, B"
        ),
        Case(flag: .off("ENABLE_SLOW_LOG"), environment: [:], isOn: false, reason: "ENABLE_SLOW_LOG is not set"),
        Case(
            flag: .on("ENABLE_SLOW_LOG"),
            environment: [:],
            isOn: true,
            reason: "ENABLE_SLOW_LOG is not set, on by default"
        ),
    ]

    @Test(arguments: cases) func `a plugin is on or off for a reason`(_ example: Case) {
        var problems: [Monitor.Problem] = []
        let decision = example.flag.resolve(in: Monitor.Environment(example.environment)) { problems.append($0) }
        #expect(decision.isOn == example.isOn)
        #expect(decision.reason == example.reason)
        #expect(!decision.isSDKDisabled)
        #expect(problems.map(\.code) == example.problems)
        #expect(!"\(decision) \(problems)".contains("canary"))
    }

    @Test(arguments: Monitor.Flag.standard) func `OTEL_SDK_DISABLED switches everything off`(_ flag: Monitor.Flag) {
        let environment: Monitor.Environment = ["OTEL_SDK_DISABLED": "TRUE"]
        for environment in [environment, Monitor.Environment(["OTEL_SDK_DISABLED": "true", flag.name: "true"])] {
            let decision = flag.resolve(in: environment) { Issue.record("\($0)") }
            #expect(!decision.isOn)
            #expect(decision.isSDKDisabled)
            #expect(decision.reason == "OTEL_SDK_DISABLED=true")
        }
    }

    @Test(arguments: ["1", "yes", "on", "false", ""]) func `nothing but true disables the SDK`(_ value: String) {
        let environment: Monitor.Environment = ["OTEL_SDK_DISABLED": value, "ENABLE_TRACING": "true"]
        #expect(Monitor.Flag.tracing.resolve(in: environment) { _ in }.isOn)
    }

    @Test func `a switch is a variable with its default`() {
        #expect(Monitor.Flag.metrics.variable.names == ["ENABLE_METRICS", "ENABLE_PROMETHEUS"])
        #expect(Monitor.Flag.metrics.variable.defaultText == "true")
        #expect(Monitor.Flag.tracing.variable.defaultText == "false")
        #expect(!Monitor.Flag.alerts.variable.isSecret)
    }
}
