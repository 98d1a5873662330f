import MonitoringCore

/// The head of an answer, and its body as it comes.
struct HTTPAnswer: Sendable {
    var status: Int
    var headers: Monitor.Headers
    /// Pieces of the body as they were received; for one reader.
    var body: AsyncThrowingStream<[UInt8], any Error>

    /// The whole body, which the request's limit bounds.
    func whole() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in body { bytes += piece }
        try Task.checkCancellation()
        return bytes
    }
}
