import Foundation
import MonitoringCore

@testable import MonitoringDemoAgent

/// What came of one request to a handler.
struct Served {
    var status: Int
    var headers: Monitor.Headers
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: [String: Any]? { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] }
    var error: [String: Any]? { json?["error"] as? [String: Any] }

    /// The events of a stream.
    var events: [ServerSentEvent] {
        get throws {
            var parser = ServerSentEventParser()
            return try parser.read(body)
        }
    }
}

extension Endpoint {
    /// Serves a request as a server with an observer does: within an operation, the body's stream included.
    func serve(
        _ body: String = "",
        accept: String? = nil,
        in monitor: Monitor,
        writer: (any EndpointBodyWriter)? = nil
    ) async throws -> Served {
        let headers = Monitor.Headers(accept.map { [("Accept", $0)] } ?? [])
        let request = EndpointRequest(method: method, path: path, headers: headers, body: Array(body.utf8))
        return try await monitor.observe(.httpServer(method: method, route: path, requestID: "req-1")) { operation in
            let response =
                switch handler {
                case .synchronous(let answer): answer(request)
                case .asynchronous(let answer): await answer(request)
                }
            operation[.responseStatus] = response.status
            let headers = Monitor.Headers(response.headers.map { ($0.name, $0.value) })
            if let writer, case .stream(let produce) = response.body {
                try await produce(writer)
                return Served(status: response.status, headers: headers, body: [])
            }
            let body = try await response.body.collected(upTo: 1 << 20)
            return Served(status: response.status, headers: headers, body: body)
        }
    }
}
