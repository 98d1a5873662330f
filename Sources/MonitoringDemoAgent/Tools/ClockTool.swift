import Foundation
import MonitoringCore

/// Lets the model know the time, which it asks of the demo's own service over HTTP: one trace through both.
struct ClockTool: Tool {
    static let name = "clock"

    let address: OwnAddress
    let http: any HTTPClient
    let monitor: Monitor
    let description = ToolDescription(
        name: Self.name,
        description: "Tells the date and the time of day in UTC.",
        parameters: []
    )

    /// The time as ISO 8601 has it.
    ///
    /// - Throws: ``ToolError/unavailable(tool:)`` when there is no service to ask, or it does not tell.
    func call(_ arguments: ToolArguments, for session: Session) async throws -> String {
        TurnNotes.current?.passes()
        guard let url = address.url(TimeEndpoint.path) else { throw ToolError.unavailable(tool: Self.name) }
        let work = Monitor.Work.httpClient(method: "GET", url: url.absoluteString, template: TimeEndpoint.path)
        do {
            let (status, body) = try await monitor.observe(work) { operation in
                var request = HTTPRequest("GET", url)
                operation.inject(to: url.host) { request.headers.append(($0, $1)) }
                let answer = try await http.send(request)
                operation[.responseStatus] = answer.status
                return (answer.status, try await answer.whole())
            }
            guard status == 200 else { throw ToolError.unavailable(tool: Self.name) }
            return try JSONDecoder().decode(TimeEndpoint.Answer.self, from: Data(body)).time
        } catch let error where error is HTTPFailure || error is DecodingError {
            throw ToolError.unavailable(tool: Self.name)
        }
    }
}
