import MonitoringCore

/// `POST /break/X` breaks a part of the demo, `DELETE /break/X` heals it; both tell what is broken now.
struct BreakEndpoints: Sendable {
    struct Answer: Encodable, Sendable, Hashable {
        var broken: [String]
    }

    let breaker: Breaker

    static func path(_ part: Breaker.Part) -> String { "/break/\(part.rawValue)" }

    var endpoints: [Endpoint] {
        Breaker.Part.allCases.flatMap { part in
            [
                endpoint("POST", part) { breaker.damage(part) },
                endpoint("DELETE", part) { breaker.heal(part) },
            ]
        }
    }

    private func endpoint(_ method: String, _ part: Breaker.Part, _ change: @escaping @Sendable () -> Void) -> Endpoint
    {
        Endpoint(
            method: method,
            path: Self.path(part),
            access: .open,
            handler: .synchronous { _ in
                change()
                return .json(encoding: Answer(broken: breaker.broken.map(\.rawValue)))
            }
        )
    }
}
