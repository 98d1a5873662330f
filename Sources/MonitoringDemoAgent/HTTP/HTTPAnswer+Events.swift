extension HTTPAnswer {
    /// Reads the body as a stream of events, until the reader has enough or it ends.
    ///
    /// - Parameter take: Takes an event; false to stop.
    /// - Throws: What reading the body, the parser and `take` throw.
    func forEachEvent(_ take: (ServerSentEvent) async throws -> Bool) async throws {
        var parser = ServerSentEventParser()
        for try await piece in body {
            for event in try parser.read(piece) {
                guard try await take(event) else { return }
            }
        }
        try Task.checkCancellation()
    }
}
