/// How often the scripted responder fails, and how.
struct ScriptedFaults: Sendable {
    var rateLimited = 0.04
    var timedOut = 0.01
    var failed = 0.01

    /// Never fails.
    static let none = Self(rateLimited: 0, timedOut: 0, failed: 0)

    /// What goes wrong with one request; mostly nothing.
    func draw(using generator: inout SplitMix64) -> ChatError? {
        let chance = Double.random(in: 0..<1, using: &generator)
        if chance < rateLimited {
            return .rateLimited(retryAfter: .milliseconds(Int.random(in: 10...40, using: &generator)))
        }
        if chance < rateLimited + timedOut { return .timeout(after: .milliseconds(60)) }
        if chance < rateLimited + timedOut + failed { return .server(status: 500, message: "internal error") }
        return nil
    }
}
