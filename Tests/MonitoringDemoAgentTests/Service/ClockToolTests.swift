import Foundation
import MonitoringCore
import MonitoringTesting
import Testing

@testable import MonitoringDemoAgent

struct ClockToolTests {
    private let ada = Session(user: "ada", conversation: "c")
    private let address = OwnAddress()

    private func tool(_ http: FakeHTTP, _ monitor: Monitor = .off) -> ClockTool {
        ClockTool(address: address, http: http, monitor: monitor)
    }

    @Test func `asks the service for the time, which continues the trace`() async throws {
        let telemetry = try await TestMonitor()
        address.set(host: "127.0.0.1", port: 4711)
        let http = FakeHTTP(.text(#"{"time":"2027-01-15T08:00:00Z","unix":1800000000}"#))
        let time = try await tool(http, telemetry.monitor).call(ToolArguments(json: "{}"), for: ada)
        #expect(time == "2027-01-15T08:00:00Z")
        let call = try #require(telemetry.operation("GET /time"))
        #expect(call.kind == .httpClient && call[.responseStatus] == 200)
        let request = try #require(http.requests.first)
        #expect(request.url.absoluteString == "http://127.0.0.1:4711/time")
        let parent = try #require(request.header("traceparent"))
        #expect(parent.contains(call.trace.traceID.description) && parent.contains(call.trace.spanID.description))
    }

    @Test(
        arguments: [
            (FakeHTTP.Reply.text("{}", status: 503), "503"), (.text("no JSON"), nil),
            (FakeHTTP.Reply(failure: .broken), "connection_broken"),
        ] as [(FakeHTTP.Reply, String?)])
    func `a clock that does not tell the time is not available`(reply: FakeHTTP.Reply, failure: String?) async throws {
        let telemetry = try await TestMonitor()
        address.set(host: "127.0.0.1", port: 4711)
        let tool = tool(FakeHTTP(reply), telemetry.monitor)
        await #expect(throws: ToolError.unavailable(tool: "clock")) {
            try await tool.call(ToolArguments(json: "{}"), for: ada)
        }
        let call = try #require(telemetry.operation("GET /time"))
        #expect(call.failure?.type == failure)
    }

    @Test func `without a service it asks nobody and says so`() async throws {
        let http = FakeHTTP(.text("{}"))
        await #expect(throws: ToolError.unavailable(tool: "clock")) {
            try await tool(http).call(ToolArguments(json: "{}"), for: ada)
        }
        #expect(http.requests.isEmpty)
        let observed = try await ObservedAssistant()
        let answer = try await observed.answer("What time is it?")
        #expect(answer == "That could not be found out: clock is not available.")
    }

    @Test func `the time is told anew each time it is asked for, in one tree with the request for it`() async throws {
        let http = FakeHTTP(.text(#"{"time":"2027-01-15T08:00:00Z","unix":1800000000}"#))
        address.set(host: "127.0.0.1", port: 4711)
        let observed = try await ObservedAssistant(address: address, http: http)
        for _ in 0..<2 {
            #expect(try await observed.answer("What time is it?") == "The clock says 2027-01-15T08:00:00Z.")
        }
        #expect(http.requests.count == 2)
        #expect(
            try observed.tree.prefix(7) == [
                "conversation turn", "  get answers", "  invoke_agent librarian", "    chat scripted-1",
                "    chat scripted-1", "    execute_tool clock", "      GET /time",
            ])
    }

    @Test func `what happens next does not depend on the time`() async throws {
        var outcomes: [[String]] = []
        for time in ["2027-01-15T08:00:00Z", "2028-02-20T23:59:59Z"] {
            address.set(host: "127.0.0.1", port: 4711)
            let http = FakeHTTP(.text(#"{"time":"\#(time)","unix":1}"#))
            let observed = try await ObservedAssistant(faults: ScriptedFaults(), address: address, http: http)
            for reader in 0..<60 {
                for question in ["What time is it?", "When is story hour?"] {
                    _ = try? await observed.answer(question, for: "reader-\(reader)")
                }
            }
            outcomes.append(try observed.tree + [observed.summary.json])
        }
        #expect(outcomes[0] == outcomes[1])
    }
}
