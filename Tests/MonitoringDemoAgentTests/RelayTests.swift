import Foundation
import MonitoringCore
import MonitoringTesting
import Testing

@testable import MonitoringDemoAgent

struct RelayTests {
    @Test(arguments: [
        (#"{"headers": {"a": "b"}, "trust": "link"}"#, ["a": "b"], RelayRequest.Trust.link),
        (#"{"headers": {}, "trust": "parent"}"#, [:], .parent),
        (#"{"headers": {}}"#, [:], .parent),
    ])
    func `reads a request`(line: String, headers: [String: String], trust: RelayRequest.Trust) throws {
        let request = try RelayRequest(line: line)
        #expect(request.headers == headers && request.trust == trust)
    }

    @Test(arguments: ["", "[]", "{}", #"{"headers": {"a": 1}}"#, #"{"headers": {}, "trust": "none"}"#])
    func `refuses what is none`(line: String) {
        #expect(throws: (any Error).self) { try RelayRequest(line: line) }
    }

    @Test func `answers each line by one, broken ones too`() throws {
        let file = TemporaryFile()
        var input = [#"{"headers": {}}"#, "broken", #"{"headers": {}}"#]
        Relay(monitor: .off).run(
            { input.isEmpty ? nil : input.removeFirst() }, try LineFile(appendingTo: file.url.path))
        #expect(
            try file.lines == [#"{"headers":{}}"#, #"{"error":"the line is no relay request"}"#, #"{"headers":{}}"#])
    }

    @Test func `sends the trace of its caller on, under a span of its own`() async throws {
        let telemetry = try await TestMonitor(.operationLedger { _ in })
        let monitor = telemetry.monitor
        let trace = "0af7651916cd43dd8448eb211c80319c"
        let caller = ["traceparent": "00-\(trace)-b7ad6b7169203331-01"]
        var request = try RelayRequest(line: #"{"headers": {}}"#)
        request.headers = caller
        let passed = try #require(Relay(monitor: monitor).answer(request).headers["traceparent"])
        #expect(passed.hasPrefix("00-\(trace)-") && passed != caller["traceparent"])
        request.trust = .link
        let linked = try #require(Relay(monitor: monitor).answer(request).headers["traceparent"])
        #expect(!linked.contains(trace))
        #expect(
            monitor.plugin(OperationLedger.self)?.summary
                == RunSummary(operations: 4, errors: 0, traces: 1, httpRequests: 2))
    }
}
