import MonitoringCore
import MonitoringExport
import Testing

@Suite struct DeliveryDiagnosticsTests {
    private func problem(
        _ steps: [ScriptedTransport.Step], endpoint: String = "http://collector.example:4318/v1/traces",
        configure: (inout DeliveryPolicy) -> Void = { _ in }
    ) async throws -> Monitor.Problem {
        let bench = try DeliveryBench(steps, endpoint: endpoint, configure: configure)
        bench.append(2)
        _ = await bench.exporter.flush(within: .seconds(60))
        return try #require(bench.problems.all.first)
    }

    @Test func `a refused connection says what waits and what to do`() async throws {
        let problem = try await problem([.fail(.refused)])
        #expect(
            problem
                == Monitor.Problem(
                    source: "tracing", code: "delivery-refused-connection", subject: "http://collector.example:4318",
                    message:
                        "the collector at http://collector.example:4318 refuses connections; spans wait (2 queued)",
                    fix: "is it running? start it, or correct OTEL_EXPORTER_OTLP_ENDPOINT"))
    }

    @Test func `nobody at the default endpoint is a notice`() async throws {
        let problem = try await problem([.fail(.refused)], endpoint: "http://localhost:4318/v1/traces") {
            $0.isDefaultEndpoint = true
        }
        #expect(problem.severity == .notice)
        #expect(problem.message == "no collector answers at http://localhost:4318, the default; spans wait (2 queued)")
        #expect(problem.fix == "start one, set OTEL_EXPORTER_OTLP_ENDPOINT, or set ENABLE_TRACING=false")
    }

    @Test(arguments: [TransportError.Kind.closed, .notHTTP, .http2, .timeout])
    func `trouble at port 4317 names the gRPC port`(kind: TransportError.Kind) async throws {
        let problem = try await problem([.fail(kind)], endpoint: "http://collector.example:4317/v1/traces")
        #expect(problem.code == "delivery-grpc-port")
        #expect(problem.fix.hasPrefix("that is the gRPC port, use 4318"))
    }

    @Test func `an answer in HTTP 2 or gRPC names the gRPC port at any port`() async throws {
        let binary = try await problem([.fail(.http2)])
        #expect(binary.code == "delivery-grpc-port")
        let typed = try await problem([.answer(415, headers: ["content-type": "application/grpc"])])
        #expect(typed.code == "delivery-grpc-port")
        #expect(typed.fix.contains("4318"))
    }

    @Test(arguments: [
        (401, "check the credentials in OTEL_EXPORTER_OTLP_HEADERS"),
        (403, "check the credentials in OTEL_EXPORTER_OTLP_HEADERS"),
        (404, "check the path in OTEL_EXPORTER_OTLP_ENDPOINT: is this an OTLP/HTTP receiver?"),
        (405, "check the path in OTEL_EXPORTER_OTLP_ENDPOINT: is this an OTLP/HTTP receiver?"),
        (415, "the collector must accept application/json"),
    ])
    func `a refusal comes with its fix`(status: Int, fix: String) async throws {
        let problem = try await problem([.answer(status, body: #"{"code":3,"message":"go away"}"#)])
        #expect(problem.severity == .error)
        #expect(
            problem.message
                == "the collector at http://collector.example:4318 answers \(status) (\"go away\"); the spans are lost")
        #expect(problem.fix == fix)
    }

    @Test func `a redirect names the target's origin alone`() async throws {
        let problem = try await problem([.answer(302, headers: ["location": "https://other.example/a?key=s3cret"])])
        #expect(
            problem.message
                == "the collector at http://collector.example:4318 redirects (302) to https://other.example:443; the spans are lost"
        )
    }

    @Test func `nothing that a problem says holds a secret`() async throws {
        let token = "Bearer abcdef123456"
        let key = try #require(HeaderField(name: "Authorization", value: token))
        let steps: [ScriptedTransport.Step] = [
            .fail(.refused), .fail(.timeout), .answer(503, body: #"{"message":"token abcdef123456 is slow"}"#),
            .answer(401, body: #"{"message":"Bearer abcdef123456 is wrong"}"#),
            .answer(400, body: #"{"message":"bad path /v1/traces?key=pathsecret"}"#),
            .answer(302, headers: ["location": "http://abcdef123456@x/pathsecret"]),
        ]
        let bench = try DeliveryBench(steps, endpoint: "http://127.0.0.1:4318/v1/traces?key=pathsecret") {
            ($0.headers, $0.backoff.base) = ([key], .zero)
            #expect(!"\($0)".contains("secret") && !String(reflecting: $0).contains("abcdef"))
        }
        for _ in steps {
            bench.append()
            _ = await bench.exporter.flush(within: .seconds(60))
        }
        #expect(bench.problems.all.count >= 5)
        let text = bench.problems.all.map { "\($0) \($0.subject)" }.joined()
        #expect(!text.contains("abcdef") && !text.contains("pathsecret"))
        var dumped = ""
        dump(bench.transport.requests, to: &dumped)
        #expect(!dumped.contains("abcdef") && !dumped.contains("pathsecret"))
    }

    @Test func `what a receiver says is cut and cannot break a line`() async throws {
        let problem = try await problem([
            .answer(400, body: #"{"message":"a\u001b[31m\n\u202eb\#(String(repeating: "x", count: 999))"}"#)
        ])
        #expect(problem.message.utf8.count < 400)
        #expect(problem.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
    }

    @Test func `an outage is told once, its end once, and the next one again`() async throws {
        let bench = try DeliveryBench([.fail(.refused), .fail(.refused), .answer(200), .answer(200), .fail(.refused)])
        for _ in 0..<5 {
            bench.append()
            _ = await bench.exporter.flush(within: .seconds(1))
            bench.clock.advance(by: .seconds(15))
        }
        #expect(
            bench.problems.codes
                == ["delivery-refused-connection", "delivery-recovered", "delivery-refused-connection"])
        #expect(bench.problems.all[1].message == "the collector at http://127.0.0.1:4318 takes spans again (0 queued)")
        #expect(bench.problems.acceptances == 1)
    }

    @Test func `the shorter of both timeouts bounds an attempt and zero is none`() {
        #expect(DeliveryPolicy.attemptTimeout(exporter: .seconds(10), processor: .seconds(30)) == .seconds(10))
        #expect(DeliveryPolicy.attemptTimeout(exporter: .seconds(10), processor: .seconds(3)) == .seconds(3))
        #expect(DeliveryPolicy.attemptTimeout(exporter: .zero, processor: .seconds(30)) == .seconds(30))
        #expect(DeliveryPolicy.attemptTimeout(exporter: .zero, processor: .zero) == .seconds(3_600))
    }
}
