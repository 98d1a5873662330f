import MonitoringCore

/// The tools of one agent, by name.
struct Toolbox: Sendable {
    private let tools: [any Tool]
    private let monitor: Monitor

    init(_ tools: [any Tool], monitor: Monitor) {
        self.tools = tools
        self.monitor = monitor
    }

    var descriptions: [ToolDescription] { tools.map(\.description) }

    /// Runs independent calls at the same time.
    ///
    /// - Returns: A message for each call, in the calls' order. A call that fails gives a message that says why, so that the
    ///   model can go on without it.
    /// - Throws: `CancellationError` when the task is cancelled.
    func results(of calls: [ToolCall], for session: Session) async throws -> [ChatMessage] {
        try await withThrowingTaskGroup(of: (Int, ChatMessage).self) { group in
            for (position, call) in calls.enumerated() {
                group.addTask { (position, try await result(of: call, for: session)) }
            }
            var messages = calls.map { ChatMessage.tool("", answering: $0) }
            for try await (position, message) in group { messages[position] = message }
            return messages
        }
    }

    private func result(of call: ToolCall, for session: Session) async throws -> ChatMessage {
        do {
            return .tool(try await run(call, for: session), answering: call)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            TurnNotes.current?.passes()  // it may succeed when the question is asked again
            return .tool("error: \(error)", answering: call)
        }
    }

    private func run(_ call: ToolCall, for session: Session) async throws -> String {
        guard let tool = tools.first(where: { $0.description.name == call.name }) else {
            throw ToolError.unknownTool(call.name)
        }
        return try await monitor.observe(.tool(name: call.name, callID: call.id)) { operation in
            operation[.toolType] = "function"
            operation.content(.toolArguments, call.arguments.json)
            let result = try await tool.call(call.arguments, for: session)
            operation.content(.toolResult, result)
            return result
        }
    }
}
