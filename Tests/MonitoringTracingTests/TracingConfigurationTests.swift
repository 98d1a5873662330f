import MonitoringCore
import MonitoringTracing
import Testing

@Suite struct TracingConfigurationTests {
    private func apply(_ variables: [String: String]) -> (TracingConfiguration, [Monitor.Problem]) {
        var configuration = TracingConfiguration()
        var problems: [Monitor.Problem] = []
        configuration.apply(Monitor.Environment(variables)) { problems.append($0) }
        return (configuration, problems)
    }

    @Test func `an empty environment leaves OpenTelemetry's defaults`() {
        let (configuration, problems) = apply([:])
        #expect(problems.isEmpty)
        #expect(configuration.limits == Monitor.Limits())
        #expect(configuration.scheduleDelay == .seconds(5))
        #expect(configuration.batchTimeout == .after(.seconds(30)))
        #expect(configuration.exportTimeout == .after(.seconds(10)))
        #expect(configuration.maximumBatchSize == 512)
        #expect(configuration.maximumQueueSize == nil)
        #expect(configuration.endpoint == nil)
        #expect(configuration.compression == .automatic)
        #expect(configuration.isExporting)
    }

    @Test func `the batch processor's variables`() {
        let (configuration, problems) = apply([
            "OTEL_BSP_SCHEDULE_DELAY": "250", "OTEL_BSP_EXPORT_TIMEOUT": "0", "OTEL_BSP_MAX_QUEUE_SIZE": "100",
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "10",
        ])
        #expect(problems.isEmpty)
        #expect(configuration.scheduleDelay == .milliseconds(250))
        #expect(configuration.batchTimeout == .none)
        #expect(configuration.maximumQueueSize == 100)
        #expect(configuration.maximumBatchSize == 10)
    }

    @Test func `a queue that is smaller than a batch makes the batch smaller`() {
        let (silent, none) = apply(["OTEL_BSP_MAX_QUEUE_SIZE": "100"])
        #expect(silent.maximumBatchSize == 100 && none.isEmpty)
        let (told, problems) = apply(["OTEL_BSP_MAX_QUEUE_SIZE": "100", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "200"])
        #expect(told.maximumBatchSize == 100)
        #expect(problems.map(\.code) == ["contradiction"])
    }

    @Test func `a limit of its own wins over the general one`() {
        let (general, _) = apply(["OTEL_ATTRIBUTE_COUNT_LIMIT": "7", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT": "0"])
        #expect(general.limits.attributeCount == 7)
        #expect(general.limits.eventAttributeCount == 7)
        #expect(general.limits.linkAttributeCount == 7)
        #expect(general.limits.attributeValueLength == 0)
        #expect(general.limits.eventCount == 128 && general.limits.linkCount == 128)
        let (own, _) = apply([
            "OTEL_ATTRIBUTE_COUNT_LIMIT": "7", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT": "1",
            "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT": "2", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT": "3",
            "OTEL_SPAN_EVENT_COUNT_LIMIT": "4", "OTEL_SPAN_LINK_COUNT_LIMIT": "5",
            "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT": "9", "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT": "6",
        ])
        let found = own.limits
        #expect([found.attributeCount, found.eventAttributeCount, found.linkAttributeCount] == [1, 2, 3])
        #expect([found.eventCount, found.linkCount] == [4, 5])
        #expect(found.attributeValueLength == 6)
    }

    @Test(arguments: TracingConfiguration.variables)
    func `a value that is not allowed is a problem and changes nothing`(variable: Monitor.Variable) {
        guard variable.allowed.hasPrefix("0 to") || variable.allowed.hasPrefix("1 to") else { return }
        for value in ["-1", "x", "1.5.2", "99999999999999999999"] {
            let (configuration, problems) = apply([variable.name: value, "OTEL_TRACES_SAMPLER": "traceidratio"])
            let (unset, _) = apply(["OTEL_TRACES_SAMPLER": "traceidratio"])
            #expect(problems.map(\.subject) == [variable.name], "\(variable.name)=\(value)")
            #expect(configuration.limits == unset.limits)
            #expect(configuration.scheduleDelay == unset.scheduleDelay)
            #expect(configuration.maximumBatchSize == unset.maximumBatchSize)
            #expect(configuration.exportTimeout == unset.exportTimeout)
        }
    }

    @Test(
        arguments: [
            (["OTEL_TRACES_SAMPLER_ARG": "0.5"], "unused-variable", "OTEL_TRACES_SAMPLER=parentbased_traceidratio"),
            (["OTEL_TRACES_SAMPLER": "always_on", "OTEL_TRACES_SAMPLER_ARG": "0.5"], "unused-variable", "unset"),
            (["OTEL_TRACES_SAMPLER": "jaeger_remote"], "absent-sampler", "parentbased_traceidratio"),
            (["OTEL_TRACES_SAMPLER": "parentbased_jaeger_remote"], "absent-sampler", "TraceSampler.custom"),
            (["OTEL_TRACES_SAMPLER": "xray"], "absent-sampler", "parentbased_traceidratio"),
            (["OTEL_TRACES_EXPORTER": "zipkin"], "unknown-exporter", "OTEL_EXPORTER_OTLP_ENDPOINT"),
            (["OTEL_TRACES_EXPORTER": "otlp,console"], "unknown-exporter", "MONITORING_CONSOLE=true"),
            (["OTEL_TRACES_EXPORTER": "none,otlp"], "contradiction", "none or otlp"),
            (["OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"], "unspoken-protocol", "http/json"),
            (["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf"], "unspoken-protocol", "http/json"),
            (["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c:4318"], "endpoint-path", "/v1/traces"),
            (["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318/v1/traces"], "endpoint-path", "TRACES_ENDPOINT"),
        ] as [([String: String], String, String)])
    func `what people get wrong is a notice with the fix`(variables: [String: String], code: String, fix: String) throws
    {
        let (_, problems) = apply(variables)
        let problem = try #require(problems.first)
        #expect(problems.count == 1)
        #expect(problem.code == code)
        #expect(problem.severity == .notice)
        #expect(problem.fix.contains(fix), "\(problem.fix)")
    }

    @Test func `none switches sending off and nothing else does`() {
        #expect(!apply(["OTEL_TRACES_EXPORTER": " None "]).0.isExporting)
        #expect(apply(["OTEL_TRACES_EXPORTER": "otlp"]).0.isExporting)
        #expect(apply(["OTEL_TRACES_EXPORTER": "zipkin"]).0.isExporting)
        #expect(apply(["OTEL_TRACES_EXPORTER": "none,otlp"]).0.isExporting)
    }

    @Test func `no description shows a secret`() {
        var configuration = TracingConfiguration()
        configuration.headers = ["api-key": "s3cret"]
        configuration.endpoint = "https://c/s3cret/v1/traces"
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("s3cret"))
        }
    }

    @Test func `every variable that the specification names is declared once, and those of the spool`() {
        let names = TracingConfiguration.variables.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count == 7 + 16 + 4 + 8)
        #expect(
            TracingConfiguration.variables.filter(\.isSecret).map(\.name) == [
                "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
            ])
    }
}
