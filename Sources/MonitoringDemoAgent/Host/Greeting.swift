/// What the demo says once it listens: where to look, and what to try.
struct Greeting: Sendable {
    private let base: String
    private let detour: String?
    private let monitoring: [String]

    /// Tells of a service.
    ///
    /// - Parameters:
    ///   - listening: Where it listens.
    ///   - monitoring: The URL of the monitoring server, if there is one.
    ///   - paths: What can be read there.
    init(_ listening: Service.Listening, monitoring: String? = nil, offering paths: [String] = []) {
        self.base = "http://\(listening.host):\(listening.port)"
        self.detour = listening.detour
        self.monitoring =
            monitoring.map { url in
                paths.contains("/metrics") ? ["metrics \(url)metrics"] : ["monitor \(url)"]
            } ?? []
    }

    var lines: [String] {
        let question = #"-d '{"question": "When is story hour?"}'"#
        let told = detour.map { ["\($0); using a free port instead"] } ?? []
        return told + [
            "help    \(base)/",
            "chat    \(base)/chat",
        ] + monitoring + [
            "try     curl \(base)/chat \(question)",
            "try     curl -N \(base)/chat -H 'Accept: text/event-stream' \(question)",
        ]
    }
}
