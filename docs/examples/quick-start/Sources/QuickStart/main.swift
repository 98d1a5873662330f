import MonitoringCore
import MonitoringTracing

// A host's first line. Which plugins are on is decided by environment flags.
let monitor = try await Monitor.start(.tracing)

struct Reply { var text: String, input: Int, output: Int }
struct Client {
    func complete(_ prompt: String) async throws -> Reply { Reply(text: "42", input: 12, output: 1) }
}
let client = Client()

let answer = try await monitor.observe(.agent(name: "guide", conversation: "c-1")) { agent in
    agent.content("user", "What is the answer?")
    return try await monitor.observe(.chat(provider: "anthropic", model: "claude-sonnet-4")) { operation in
        let reply = try await client.complete("What is the answer?")
        operation[.inputTokens] = reply.input
        operation[.outputTokens] = reply.output
        return reply.text
    }
}
print(answer)

// Gets out what waits, in at most five seconds whatever the collector does.
await monitor.shutdown(within: .seconds(5))
