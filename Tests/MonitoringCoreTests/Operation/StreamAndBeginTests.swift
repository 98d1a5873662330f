import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct StreamAndBeginTests {
    private func pieces(_ texts: [String], failing error: (any Error)? = nil) -> AsyncThrowingStream<String, any Error>
    {
        AsyncThrowingStream { continuation in
            for text in texts { continuation.yield(text) }
            continuation.finish(throwing: error)
        }
    }

    @Test func `a stream that is read to its end is one operation with its first-token time`() async throws {
        let telemetry = try await TestMonitor()
        let clock = telemetry.clock
        let stream = telemetry.monitor.observeStream(
            .chat(provider: "p", model: "m", streaming: true),
            pieces(["a", "b"])
        ) { piece, operation in
            operation[.outputTokens] = piece == "a" ? 1 : 2
        }
        clock.advance(by: .milliseconds(30))
        var text = ""
        for try await piece in stream {
            text += piece
            clock.advance(by: .milliseconds(10))
        }
        #expect(text == "ab")
        let chat = try #require(telemetry.operation("chat m"))
        #expect(chat.outcome == .success && chat[.outputTokens] == 2 && chat[.requestStream] == true)
        #expect(chat[.timeToFirstChunk] == 0.03 && chat.duration == .milliseconds(50))
    }

    @Test func `a stream that fails is a failed operation, and one that is cancelled a cancelled one`() async throws {
        let telemetry = try await TestMonitor()
        let failing = telemetry.monitor.observeStream(
            .chat(provider: "p", model: "a"), pieces(["x"], failing: Refused(reason: "r")))
        await #expect(throws: Refused.self) { for try await _ in failing {} }
        let cancelled = telemetry.monitor.observeStream(
            .chat(provider: "p", model: "b"),
            pieces(["x"], failing: CancellationError())
        )
        await #expect(throws: CancellationError.self) { for try await _ in cancelled {} }
        #expect(telemetry.operation("chat a")?.outcome == .error)
        #expect(telemetry.operation("chat b")?.outcome == .cancelled)
    }

    @Test func `a stream that is dropped unread is abandoned`() async throws {
        let telemetry = try await TestMonitor()
        do { _ = telemetry.monitor.observeStream(.chat(provider: "p", model: "m"), pieces(["x"])) }
        #expect(telemetry.operation("chat m")?[.errorType] == "abandoned")
    }

    @Test func `a stream that is left half way is abandoned`() async throws {
        let telemetry = try await TestMonitor()
        do {
            for try await _ in telemetry.monitor.observeStream(.chat(provider: "p", model: "m"), pieces(["x", "y"])) {
                break
            }
        }
        #expect(telemetry.operation("chat m")?[.errorType] == "abandoned")
    }

    @Test func `begin and end make one operation, and the second end is ignored`() async throws {
        let telemetry = try await TestMonitor()
        let operation = telemetry.monitor.begin(.external(service: "pi"))
        operation.run { telemetry.monitor.observe(.tool(name: "inside")) {} }
        telemetry.monitor.observe(.tool(name: "outside")) {}
        operation.end()
        operation.end(throwing: Refused(reason: "late"))
        let begun = try #require(telemetry.operation("pi"))
        #expect(begun.outcome == .success)
        #expect(telemetry.operation("execute_tool inside")?.parentSpanID == begun.trace.spanID)
        #expect(telemetry.operation("execute_tool outside")?.parentSpanID == nil)
    }

    @Test func `an operation that is dropped without an end ends as abandoned, though its children live`() async throws
    {
        let telemetry = try await TestMonitor()
        var child: Monitor.Operation?
        do {
            let operation = telemetry.monitor.begin(.agent(name: "lead"))
            child = operation.run { telemetry.monitor.begin(.tool(name: "child")) }
        }
        #expect(telemetry.operation("invoke_agent lead")?[.errorType] == "abandoned")
        #expect(telemetry.operation("execute_tool child") == nil)
        child?.end()
        let ended = try #require(telemetry.operation("execute_tool child"))
        #expect(ended.outcome == .success)
        #expect(ended.parentSpanID == telemetry.operation("invoke_agent lead")?.trace.spanID)
    }

    @Test func `begin takes an explicit parent`() async throws {
        let telemetry = try await TestMonitor()
        let parent = telemetry.monitor.begin(.agent(name: "lead"))
        telemetry.monitor.begin(.tool(name: "t"), parent: parent).end()
        parent.end()
        #expect(telemetry.tree == "invoke_agent lead\n  execute_tool t")
    }

    @Test func `a context carries the operation into a detached task`() async throws {
        let telemetry = try await TestMonitor()
        await telemetry.monitor.observe(.agent(name: "lead")) {
            let context = Monitor.Context.current
            await Task.detached { context.run { telemetry.monitor.observe(.tool(name: "t")) {} } }.value
        }
        #expect(telemetry.tree == "invoke_agent lead\n  execute_tool t")
    }
}
