import Foundation
import MonitoringCore
import MonitoringExport
import MonitoringTesting
import Testing

/// Tracing with its spool on files.
@Suite struct TracingSpoolTests {
    private final class Folder {
        let path = NSTemporaryDirectory() + "tracing-" + UUID().uuidString
        deinit { try? FileManager.default.removeItem(atPath: path) }

        func variables(_ more: [String: String] = [:]) -> [String: String] {
            ["MONITORING_SPOOL_DIR": path, "OTEL_SERVICE_NAME": "agent"].merging(more) { $1 }
        }

        var segments: Int {
            (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
                .count { $0.hasSuffix(".segment") }
        }

        /// The files of the destination, as another process of the service would have them.
        func files() throws -> SpoolFiles {
            var settings = SpoolSettings()
            settings.apply(Monitor.Environment(variables())) { _ in }
            let resource = Monitor.Resource([Monitor.KeyValue("service.name", .string("agent"))])
            let endpoint = try Endpoint("http://localhost:4318/v1/traces")
            let place = SpoolFiles.Place(signal: .traces, resource: resource, endpoint: endpoint)
            return try #require(try SpoolFiles.open(place, settings))
        }
    }

    /// Waits until the bench's background work has found what another process has left.
    private func recovered(_ count: Int, _ bench: TracingBench) async {
        for _ in 0..<2_000 where bench.ledger?.recovered != count {
            // Another test's child may still have the lock; the next look is ten seconds later.
            bench.telemetry.clock.advance(by: .seconds(10))
            try? await SystemClock().sleep(for: .milliseconds(5))
        }
    }

    @Test func `the start-up line names level, path and budget`() async throws {
        let folder = Folder()
        let bench = try await TracingBench(folder.variables(["MONITORING_SPOOL_MAX_BYTES": "33554432"]))
        let line = try #require(bench.telemetry.diagnostics.first { $0.contains("tracing: on") })
        #expect(line.contains("spool process 32 MiB at \(folder.path)/swift-agent-monitoring-"))
        let memory = try await TracingBench()
        #expect(memory.telemetry.diagnostics.contains { $0.contains("spool memory 64 MiB") })
    }

    @Test func `what waits at a shutdown is sent by the next start, under the first one's resource`() async throws {
        let folder = Folder()
        let away = CollectorFake(.fault(.refused))
        let first = try await TracingBench(folder.variables(["APP_VERSION": "1"]), collector: away)
        first.monitor.observe(.custom("before")) {}
        await first.monitor.shutdown(within: .seconds(1))
        #expect(first.ledger?.queued == 1 && first.ledger?.imbalance == 0)
        #expect(folder.segments == 1)

        let second = try await TracingBench(folder.variables(["APP_VERSION": "2"]))
        await recovered(1, second)
        second.monitor.observe(.custom("after")) {}
        let spans = await second.spans()
        #expect(spans.map { $0["name"] } == [.string("before"), .string("after")])
        let versions = second.collector.requests.map { String(decoding: $0.body, as: UTF8.self).contains(#""1""#) }
        #expect(versions == [true, false])
        let ledger = try #require(second.ledger)
        #expect(ledger.recovered == 1 && ledger.produced == 1 && ledger.delivered == 2 && ledger.imbalance == 0)
        await second.monitor.shutdown(within: .seconds(1))
        #expect(folder.segments == 0)
    }

    @Test func `what a dead process had in flight arrives as interrupted, and who hears crashes is told once`()
        async throws
    {
        let folder = Folder()
        let trace = Monitor.TraceID(high: 0xabc, low: 0xdef)
        do {
            let files = try folder.files()
            let identity = OTLPTraceRequest.identity(
                resource: Monitor.Resource([Monitor.KeyValue("service.instance.id", .string("dead"))]))
            let recorder = try #require(
                FlightRecorder(files: files, identity: identity, clock: ManualClock(), notesSignals: false))
            for (span, flags) in [(1, .sampled), (2, .sampled), (3, [])] as [(UInt64, Monitor.TraceFlags)] {
                recorder.begin(
                    Monitor.Record(
                        kind: .agent, name: Monitor.OperationName("invoke_agent", "guide"), spanKind: .internal,
                        trace: Monitor.TraceContext(traceID: trace, spanID: Monitor.SpanID(span), flags: flags),
                        parentSpanID: span > 1 ? Monitor.SpanID(span - 1) : nil, parentIsRemote: false,
                        startUnixNanoseconds: span, attributes: []))
            }
        }
        let bench = try await TracingBench(folder.variables())
        await recovered(2, bench)
        let spans = await bench.spans()
        #expect(spans.map { $0["spanId"] } == [.string("0000000000000001"), .string("0000000000000002")])
        #expect(spans[1]["parentSpanId"] == .string("0000000000000001"))
        #expect(spans.allSatisfy { $0["traceId"] == .string("0000000000000abc0000000000000def") })
        let body = String(decoding: try #require(bench.collector.requests.first).body, as: UTF8.self)
        #expect(body.contains(#""dead""#) && body.contains("monitoring.interrupted"))
        #expect(body.contains(#""error.type","value":{"stringValue":"interrupted"}"#))
        #expect(bench.telemetry.crashes.count == 1)
        #expect(bench.telemetry.crashes.first?.operations.count == 3)
        #expect(bench.problems.contains { $0.code == "crashed" })
        await bench.monitor.shutdown(within: .seconds(1))
        let next = try await TracingBench(folder.variables())
        next.monitor.observe(.custom("alive")) {}
        #expect(await next.spans().count == 1)
        #expect(next.telemetry.crashes.isEmpty)
    }

    @Test func `nothing of a finished operation or a shutdown is told to the next start`() async throws {
        let folder = Folder()
        let first = try await TracingBench(folder.variables())
        let open = first.monitor.begin(.custom("open"))
        first.monitor.observe(.custom("done")) {}
        first.monitor.breadcrumb("a step")
        await first.monitor.shutdown(within: .seconds(1))
        open.end()
        let second = try await TracingBench(folder.variables())
        second.monitor.observe(.custom("alive")) {}
        #expect(await second.spans().map { $0["name"] } == [.string("alive")])
        #expect(second.telemetry.crashes.isEmpty && !second.problems.contains { $0.code == "crashed" })
    }
}
