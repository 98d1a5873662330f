import Testing

@testable import MonitoringCore

@Suite struct CoreSettingsTests {
    @Test func `without variables the defaults hold`() {
        let settings = Monitor.CoreSettings([:]) { Issue.record("\($0)") }
        #expect(!settings.isStrict)
        #expect(settings.isQuiet == nil)
        #expect(settings.console == nil)
        #expect(!settings.isSDKDisabled)
        #expect(settings.serviceName == nil)
        #expect(settings.version == nil)
        #expect(settings.deploymentEnvironment == nil)
        #expect(settings.contentCapture == .none)
        #expect(!settings.capturesContent)
        #expect(settings.propagators == [.traceContext, .baggage])
    }

    @Test func `each variable sets what it says`() {
        let settings = Monitor.CoreSettings([
            "MONITORING_STRICT": "yes", "MONITORING_QUIET": "1", "MONITORING_CONSOLE": "off",
            "OTEL_SDK_DISABLED": "True", "OTEL_SERVICE_NAME": " cart%20x ", "APP_VERSION": "1.2.3",
            "MONITORING_ENVIRONMENT": "prod", "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": "span_only",
            "OTEL_PROPAGATORS": "baggage",
        ]) { Issue.record("\($0)") }
        #expect(settings.isStrict)
        #expect(settings.isQuiet == true)
        #expect(settings.console == false)
        #expect(settings.isSDKDisabled)
        #expect(settings.serviceName == " cart%20x ")
        #expect(settings.version == "1.2.3")
        #expect(settings.deploymentEnvironment == "prod")
        #expect(settings.contentCapture == .spans)
        #expect(settings.capturesContent)
        #expect(settings.propagators == [.baggage])
    }

    @Test(arguments: ["MONITORING_ENVIRONMENT", "DEPLOYMENT_ENVIRONMENT", "ENVIRONMENT", "APP_ENV"])
    func `where it is deployed has several names`(_ name: String) {
        let settings = Monitor.CoreSettings(Monitor.Environment([name: "stage"])) { Issue.record("\($0)") }
        #expect(settings.deploymentEnvironment == "stage")
    }

    @Test(
        arguments: [
            ("NO_CONTENT", .none, 0), ("no_content", .none, 0), ("SPAN_ONLY", .spans, 0), ("EVENT_ONLY", .events, 1),
            ("SPAN_AND_EVENT", .spansAndEvents, 0), ("true", .spansAndEvents, 0), ("False", .none, 0), ("1", .none, 1),
            ("yes", .none, 1), ("SPANS_ONLY", .none, 1),
        ] as [(String, Monitor.ContentCapture, Int)])
    func `content is captured only when asked for in so many words`(
        _ text: String,
        _ expected: Monitor.ContentCapture,
        _ count: Int
    ) {
        var problems: [Monitor.Problem] = []
        let environment: Monitor.Environment = ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT": text]
        let settings = Monitor.CoreSettings(environment) { problems.append($0) }
        #expect(settings.contentCapture == expected)
        #expect(settings.capturesContent == (expected == .spans || expected == .spansAndEvents))
        #expect(problems.count == count)
    }

    @Test(
        arguments: [
            ("tracecontext,baggage", [.traceContext, .baggage], nil), ("TraceContext", [.traceContext], nil),
            ("baggage, baggage", [.baggage], nil), ("none", [], nil), ("none,baggage", [], "contradiction"),
            ("b3", [.traceContext, .baggage], "not-served"),
            ("tracecontext,b3multi,xray", [.traceContext], "not-served"),
            ("tracecontxt", [.traceContext, .baggage], "not-served"), (",", [.traceContext, .baggage], nil),
        ] as [(String, Set<Monitor.Propagator>, String?)])
    func `propagators are those that are named and served`(
        _ text: String,
        _ expected: Set<Monitor.Propagator>,
        _ code: String?
    ) {
        var problems: [Monitor.Problem] = []
        let settings = Monitor.CoreSettings(["OTEL_PROPAGATORS": text]) { problems.append($0) }
        #expect(settings.propagators == expected)
        #expect(problems.map(\.code) == [code].compactMap(\.self))
    }

    @Test func `a switch is decided through the settings`() {
        let environment: Monitor.Environment = ["ENABLE_TRACING": "true"]
        let settings = Monitor.CoreSettings(environment) { _ in }
        #expect(settings.decide(.tracing, in: environment) { _ in }.isOn)
        #expect(!settings.decide(.logs, in: environment) { _ in }.isOn)
    }
}
