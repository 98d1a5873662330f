import MonitoringCore

/// The manual as a data source: what is searched in, over an index that takes a little while to answer.
struct DocumentLibrary: Sendable {
    static let name = "operations-manual"

    let index: SearchIndex
    let breaker: Breaker
    let pace: Pace
    let monitor: Monitor

    /// The best passages for a query.
    ///
    /// - Throws: ``ToolError/unavailable(tool:)`` while the tools are broken on purpose.
    func search(_ query: String, limit: Int = 3) async throws -> [SearchHit] {
        try await monitor.observe(.retrieval(source: Self.name)) { operation in
            operation[.topK] = Double(limit)
            try await pace.wait(.milliseconds(2 + query.utf8.count % 7))
            guard !breaker.isBroken(.tool) else { throw ToolError.unavailable(tool: Self.name) }
            let hits = index.search(query, limit: limit)
            operation.detail("retrieval.documents.count", hits.count)
            return hits
        }
    }
}
