/// Lets the model search the manual.
struct SearchTool: Tool {
    private struct Parameters: Decodable {
        var query: String
    }

    static let name = "search_documents"

    let library: DocumentLibrary
    let description = ToolDescription(
        name: Self.name,
        description: "Searches the library's operations manual and gives the best passages.",
        parameters: [.init(name: "query", description: "What to look for, in a few words.")]
    )

    func call(_ arguments: ToolArguments, for session: Session) async throws -> String {
        let parameters = try arguments.decoded(as: Parameters.self, for: Self.name)
        let hits = try await library.search(parameters.query)
        guard !hits.isEmpty else { return "nothing found" }
        return hits.map { "[\($0.document.title)] \($0.snippet)" }.joined(separator: "\n")
    }
}
