import Foundation
import MonitoringCore

/// `GET /time`: the clock that the agent's tool reads.
struct TimeEndpoint: Sendable {
    struct Answer: Codable, Sendable, Hashable {
        /// The time in UTC, as ISO 8601 has it.
        var time: String
        /// The same in seconds since 1970.
        var unix: Double
    }

    static let path = "/time"

    let breaker: Breaker
    var now: @Sendable () -> Date = { Date() }

    var endpoint: Endpoint {
        Endpoint(method: "GET", path: Self.path, access: .open, handler: .synchronous(answer))
    }

    @Sendable private func answer(_ request: EndpointRequest) -> EndpointResponse {
        guard !breaker.isBroken(.clock) else { return ErrorAnswer.brokenClock.response }
        let now = now()
        return .json(encoding: Answer(time: now.formatted(.iso8601), unix: now.timeIntervalSince1970))
    }
}
