import MonitoringCore
import MonitoringExport
import MonitoringTesting
import MonitoringTracing
import Testing

@Suite struct TracingStartTests {
    @Test func `without the flag tracing is off and says what to set`() async throws {
        let endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"
        let bench = try await TracingBench(["ENABLE_TRACING": "", endpoint: "http://collector:4318"])
        #expect(!bench.isOn)
        #expect(bench.telemetry.diagnostics.contains { $0.contains("tracing: off") && $0.contains("ENABLE_TRACING") })
    }

    @Test func `the start-up line says where to, and nothing secret`() async throws {
        let bench = try await TracingBench([
            "OTEL_EXPORTER_OTLP_ENDPOINT": "https://collector.example/s3cret-path",
            "OTEL_EXPORTER_OTLP_HEADERS": "api-key=s3cret-key", "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
            "OTEL_TRACES_SAMPLER_ARG": "0.25",
        ])
        let line = try #require(bench.telemetry.diagnostics.first { $0.contains("tracing: on") })
        #expect(line.contains("to https://collector.example:443, spool memory 64 MiB, compression gzip"))
        #expect(line.contains("sampler ParentBased{root:TraceIdRatioBased{0.25}}"))
        #expect(!bench.telemetry.diagnostics.joined().contains("s3cret"))
    }

    @Test func `code wins over the environment, and that over defaults`() async throws {
        let environment = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://env.example:1", "OTEL_EXPORTER_OTLP_HEADERS": "a=env,b=env",
            "OTEL_TRACES_SAMPLER": "always_off", "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip",
        ]
        let bench = try await TracingBench(environment) {
            $0.endpoint = "http://code.example:2/own"
            $0.headers["a"] = "code"
            $0.sampler = .alwaysOn
        }
        bench.monitor.observe(.custom("work")) {}
        await bench.monitor.flush(within: .seconds(1))
        let request = try #require(bench.collector.requests.first)
        #expect(request.endpoint.origin == "http://code.example:2")
        #expect(request.endpoint.path == "/own")
        #expect(request.headers.firstValue(of: "a") == "code")
        #expect(request.headers.firstValue(of: "b") == "env")
        #expect(request.headers.firstValue(of: "content-encoding") == "gzip")
    }

    @Test func `a header's value that code sets is removed from spans`() async throws {
        let bench = try await TracingBench { $0.headers = ["authorization": "Bearer zq81-not-to-be-seen"] }
        bench.monitor.observe(.custom("work")) { $0.detail("note", "it was zq81-not-to-be-seen, they said") }
        let span = try await bench.span("work")
        let note = span["attributes"]?.attribute("note")?["stringValue"]?.string
        #expect(note?.contains("zq81") == false)
        #expect(note?.contains("they said") == true)
    }

    @Test(arguments: [
        "collector:4318", "ftp://collector", "http://", "http://user:hunter2@collector", "http://h:99999",
    ])
    func `an endpoint that is no URL leaves tracing off, and the host proceeds`(text: String) async throws {
        for name in ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] {
            let bench = try await TracingBench([name: text])
            let caller = ["traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]
            let result = bench.monitor.observe(.custom("work"), continuing: caller) { 42 }
            #expect(result == 42)
            #expect(!bench.isOn)
            #expect(bench.collector.requests.isEmpty)
            let problem = try #require(bench.problems.first { $0.code == "invalid-endpoint" })
            #expect(problem.subject == name && problem.severity == .error)
            #expect(!problem.description.contains("hunter2"))
        }
    }

    @Test func `under the strict flag an endpoint that is no URL keeps the monitor from starting`() async {
        await #expect(throws: Monitor.StartError.self) {
            _ = try await TracingBench(["MONITORING_STRICT": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "nonsense"])
        }
    }

    @Test(arguments: ["CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE"])
    func `certificates that cannot be used leave an https endpoint off and name the trait`(name: String) async throws {
        let variables = ["OTEL_EXPORTER_OTLP_ENDPOINT": "https://collector", "OTEL_EXPORTER_OTLP_\(name)": "/file.pem"]
        let bench = try await TracingBench(variables)
        #expect(!bench.isOn)
        let problem = try #require(bench.problems.first { $0.code == "certificate-unsupported" })
        #expect(problem.fix.contains("AsyncHTTPClient"))
        #expect(problem.message.contains("OTEL_EXPORTER_OTLP_\(name)"))
    }

    @Test func `certificates mean nothing to an http endpoint, which is a notice`() async throws {
        let variables = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector", "OTEL_EXPORTER_OTLP_CERTIFICATE": "/file.pem",
        ]
        let bench = try await TracingBench(variables)
        #expect(bench.isOn)
        #expect(bench.problems.map(\.code) == ["certificate-unused"])
    }

    @Test(arguments: ["http://collector:4317", "https://collector:4317/v1/traces"])
    func `port 4317 is told to be the gRPC port`(endpoint: String) async throws {
        let bench = try await TracingBench(["OTEL_EXPORTER_OTLP_ENDPOINT": endpoint])
        #expect(bench.isOn)
        let problem = try #require(bench.problems.first { $0.code == "grpc-port" })
        #expect(problem.fix == "that is the gRPC port, use 4318")
        #expect(problem.description.contains("4317"))
    }

    @Test func `a header that no request can carry is left out and told without its value`() async throws {
        let bench = try await TracingBench { $0.headers = ["bad name": "v4lue-of-it", "good": "1"] }
        bench.monitor.observe(.custom("work")) {}
        await bench.monitor.flush(within: .seconds(1))
        #expect(bench.collector.requests.first?.headers.firstValue(of: "good") == "1")
        #expect(bench.problems.map(\.code) == ["invalid-header"])
        #expect(!bench.telemetry.diagnostics.joined().contains("v4lue"))
    }
}
