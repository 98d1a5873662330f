/// The manual as a data source: what is searched in, over an index that takes a little while to answer.
struct DocumentLibrary: Sendable {
    static let name = "operations-manual"

    let index: SearchIndex
    let breaker: Breaker
    let pace: Pace

    /// The best passages for a query.
    ///
    /// - Throws: ``ToolError/unavailable(tool:)`` while the tools are broken on purpose.
    func search(_ query: String, limit: Int = 3) async throws -> [SearchHit] {
        try await pace.wait(.milliseconds(2 + query.utf8.count % 7))
        guard !breaker.isBroken(.tool) else { throw ToolError.unavailable(tool: Self.name) }
        return index.search(query, limit: limit)
    }
}
