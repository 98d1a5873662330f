/// A request as the scripted responder understands it: the question, and what the tools have said since.
struct ScriptedTurn {
    struct Call {
        var tool: String
        var arguments: ToolArguments
    }

    private struct ToolResult {
        var tool: String
        var text: String
    }

    let question: String
    private let tools: Set<String>
    private let results: [ToolResult]
    private let rounds: Int

    init(_ request: ChatRequest) {
        let start = request.messages.lastIndex { $0.role == .user } ?? request.messages.startIndex
        let turn = request.messages[start...]
        let calls = turn.flatMap(\.toolCalls)
        self.question = turn.first?.content ?? ""
        self.tools = Set(request.tools.map(\.name))
        self.results = turn.filter { $0.role == .tool }.map { message in
            ToolResult(tool: calls.first { $0.id == message.toolCallID }?.name ?? "", text: message.content)
        }
        self.rounds = turn.count { $0.role == .assistant }
    }

    /// What to have done next; nothing when it is time to answer.
    func nextCalls(using draw: inout SplitMix64) -> [Call] {
        switch rounds {
        case 0: firstCalls
        case 1 where draw.chance(0.15): furtherCalls
        default: []
        }
    }

    /// The answer, made of what the tools have said.
    var answer: String {
        guard !results.isEmpty else { return "You are welcome. Ask me anything about the library." }
        return results.map { result in
            if let reason = result.text.split(separator: "error: ").first, result.text.hasPrefix("error: ") {
                return "That could not be found out: \(reason)."
            }
            return switch result.tool {
            case CalculatorTool.name: "The result is \(result.text)."
            case ClockTool.name: "The clock says \(result.text)."
            case ResearchTool.name: "A closer look: \(result.text)"
            default: "The manual says: \(Self.withoutTitles(result.text))"
            }
        }.joined(separator: " ")
    }

    private var firstCalls: [Call] {
        let intent = QuestionIntent(question)
        var calls: [Call] = []
        if let expression = intent.expression, tools.contains(CalculatorTool.name) {
            calls.append(Call(tool: CalculatorTool.name, arguments: ToolArguments("expression", expression)))
        }
        if intent.asksTime, tools.contains(ClockTool.name) {
            calls.append(Call(tool: ClockTool.name, arguments: ToolArguments(json: "{}")))
        }
        if tools.contains(ResearchTool.name), !intent.researchTopics.isEmpty {
            calls += intent.researchTopics.map { Call(tool: ResearchTool.name, arguments: ToolArguments("topic", $0)) }
        } else if let query = intent.query, tools.contains(SearchTool.name) {
            calls.append(Call(tool: SearchTool.name, arguments: ToolArguments("query", query)))
        }
        return calls
    }

    /// A second search, for the title of the first hit: models like to make sure.
    private var furtherCalls: [Call] {
        guard let hit = results.first(where: { $0.tool == SearchTool.name })?.text, hit.hasPrefix("[") else {
            return []
        }
        let title = hit.dropFirst().prefix { $0 != "]" }
        return [Call(tool: SearchTool.name, arguments: ToolArguments("query", String(title)))]
    }

    private static func withoutTitles(_ passages: String) -> String {
        let best = passages.split(separator: "\n").first ?? ""
        guard best.hasPrefix("["), let end = best.firstIndex(of: "]") else { return String(best) }
        return best[best.index(after: end)...].drop { $0 == " " }.description
    }
}
