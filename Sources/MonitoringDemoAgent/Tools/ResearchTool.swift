/// Lets the model hand a topic to another agent, which searches on its own and reports.
struct ResearchTool: Tool {
    private struct Parameters: Decodable {
        var topic: String
    }

    static let name = "research"

    let researcher: Agent
    let description = ToolDescription(
        name: Self.name,
        description: "Has a researcher look into one topic and report. Several topics can be researched at once.",
        parameters: [.init(name: "topic", description: "The topic, in a few words.")]
    )

    func call(_ arguments: ToolArguments, for session: Session) async throws -> String {
        let parameters = try arguments.decoded(as: Parameters.self, for: Self.name)
        return try await researcher.run(parameters.topic, for: session)
    }
}
