/// What the demo says once it listens: where to look, and what to try.
struct Greeting: Sendable {
    private let base: String
    private let detour: String?

    init(_ listening: Service.Listening) {
        self.base = "http://\(listening.host):\(listening.port)"
        self.detour = listening.detour
    }

    var lines: [String] {
        let question = #"-d '{"question": "When is story hour?"}'"#
        let told = detour.map { ["\($0); using a free port instead"] } ?? []
        return told + [
            "help    \(base)/",
            "chat    \(base)/chat",
            "try     curl \(base)/chat \(question)",
            "try     curl -N \(base)/chat -H 'Accept: text/event-stream' \(question)",
        ]
    }
}
