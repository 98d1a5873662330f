import MonitoringCore
import MonitoringExport
import Testing

@Suite struct OTLPEnvironmentTests {
    @Test(arguments: [OTLPSignal.traces, .metrics, .logs])
    func `endpoints are resolved as the specification says`(signal: OTLPSignal) throws {
        let cases = try Fixture.json("otlp-env")["endpoints"]?.array ?? []
        #expect(cases.count == 10)
        for entry in cases {
            let variables = entry["env"]?.object.compactMapValues(\.string) ?? [:]
            let policy = try policy(variables, signal)
            let expected = try MonitoringExport.Endpoint(try #require(entry[signal.rawValue]?.string))
            #expect(policy.endpoint == expected, "\(variables)")
            #expect(policy.isDefaultEndpoint == (expected.host == "localhost"))
        }
    }

    @Test func `headers are read as the official Python SDK reads them`() throws {
        let cases = try Fixture.json("otlp-env")["headers"]?.array ?? []
        #expect(cases.count == 20)
        for entry in cases {
            let text = try #require(entry["value"]?.string)
            let expected = entry["headers"]?.object.compactMapValues(\.string) ?? [:]
            for name in ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"] {
                var settings = OTLPExporterSettings(signal: .traces)
                settings.apply(Monitor.Environment([name: text])) { _ in }
                #expect(settings.headers == expected, "\(name)")
            }
        }
    }

    @Test func `the signal's own variables win, and its headers replace the general ones`() {
        var settings = OTLPExporterSettings(signal: .traces)
        var problems: [Monitor.Problem] = []
        let environment: Monitor.Environment = [
            "OTEL_EXPORTER_OTLP_HEADERS": "a=1,b=2", "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "a=3",
            "OTEL_EXPORTER_OTLP_TIMEOUT": "1", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT": "2",
            "OTEL_EXPORTER_OTLP_COMPRESSION": "none", "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION": "gzip",
            "OTEL_EXPORTER_OTLP_CERTIFICATE": "/general", "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE": "/own",
            "OTEL_EXPORTER_OTLP_CLIENT_KEY": "/key", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE": "/client",
            "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "HTTP/JSON",
            "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT": "77",
        ]
        settings.apply(environment) { problems.append($0) }
        #expect(settings.headers == ["a": "3"])
        #expect(settings.timeout == .after(.milliseconds(2)))
        #expect(settings.compression == .gzip(level: 1))
        #expect(settings.certificateFile == "/own")
        #expect(settings.clientKeyFile == "/key")
        #expect(settings.clientCertificateFile == "/client")
        #expect(problems.isEmpty)
    }

    @Test func `a bad value of the signal leaves the general one in force`() {
        var settings = OTLPExporterSettings(signal: .traces)
        settings.apply(["OTEL_EXPORTER_OTLP_TIMEOUT": "1", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT": "-2"]) { _ in }
        #expect(settings.timeout == .after(.milliseconds(1)))
    }

    @Test func `compression is for receivers elsewhere unless asked for`() throws {
        #expect(try policy([:], .traces).compression == .none)
        #expect(
            try policy(["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"], .traces).compression == .gzip(level: 1)
        )
        #expect(try policy(["OTEL_EXPORTER_OTLP_COMPRESSION": "GZIP"], .traces).compression == .gzip(level: 1))
        let none = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_EXPORTER_OTLP_COMPRESSION": "none"]
        #expect(try policy(none, .traces).compression == .none)
    }

    @Test func `secrets are whole values and what stands behind a scheme`() {
        var settings = OTLPExporterSettings(signal: .traces)
        settings.headers = ["authorization": "Bearer t0ken", "x-key": "k"]
        #expect(Set(settings.secrets) == ["Bearer t0ken", "t0ken", "k"])
    }

    private func policy(_ variables: [String: String], _ signal: OTLPSignal) throws -> DeliveryPolicy {
        var settings = OTLPExporterSettings(signal: signal)
        settings.apply(Monitor.Environment(variables)) { _ in }
        return try settings.policy(
            framing: OTLPTraceRequest.framing, source: "test", records: "records", offSwitch: "OFF=true"
        ) { _ in }
    }
}
