@testable import MonitoringDemoAgent

/// A real client that waits as long as it takes: on a busy machine a test's turn may come late.
struct PatientClient: HTTPClient {
    private let client = URLSessionClient()

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        var request = request
        (request.silence, request.limit) = (.seconds(600), .seconds(600))
        return try await client.send(request)
    }
}
