import MonitoringCore

/// A service that does nothing but call the next one: headers in, headers out.
struct Relay: Sendable {
    let monitor: Monitor

    /// Answers every line of an input, in order.
    ///
    /// - Parameters:
    ///   - input: Gives the next line; nil at the end.
    ///   - output: Takes each answer, a line of JSON.
    func run(_ input: () -> String?, _ output: LineFile) {
        while let line = input() {
            do {
                output.write(line: try answer(RelayRequest(line: line)).line())
            } catch {
                output.write(line: #"{"error":"the line is no relay request"}"#.utf8)
            }
        }
    }

    /// Serves one request by making another.
    func answer(_ request: RelayRequest) -> RelayAnswer {
        let trust: Monitor.Trust = request.trust == .link ? .link : .parent
        return monitor.observe(.httpServer(method: "POST", route: "/relay"), continuing: request.headers, trust: trust)
        {
            served in
            let url = "http://next.example/relay"
            let answer = monitor.observe(.httpClient(method: "POST", url: url, template: "/relay")) { call in
                var headers: [String: String] = [:]
                call.inject(into: &headers, to: "next.example")
                call[.responseStatus] = 200
                return RelayAnswer(headers: headers)
            }
            served[.responseStatus] = 200
            return answer
        }
    }
}
