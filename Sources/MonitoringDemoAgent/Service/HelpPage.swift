/// What the service can do: for people who came with curl or a browser.
struct HelpPage: Sendable {
    private struct Entry: Sendable {
        var request: String
        var meaning: String
        var example: String
    }

    private static let introduction =
        "An assistant of a city library that plans, calls a model, runs tools and answers. "
        + "Everything that it does is observed once, and becomes traces and metrics."

    /// The URL of the service, without a slash at its end.
    let base: String

    private var entries: [Entry] {
        let parts = Breaker.Part.allCases.map(\.rawValue).joined(separator: ", ")
        let question = #"-d '{"question": "When is story hour?"}'"#
        return [
            Entry(
                request: "POST /chat",
                meaning: "asks a question; conversation and user may be named, too",
                example: "curl \(base)/chat \(question)"
            ),
            Entry(
                request: "POST /chat with Accept: text/event-stream",
                meaning: "the same, the answer streamed: step and piece events, then done or error",
                example: "curl -N \(base)/chat -H 'Accept: text/event-stream' \(question)"
            ),
            Entry(
                request: "GET /time",
                meaning: "the time, which the agent's clock tool asks for over HTTP",
                example: "curl \(base)/time"
            ),
            Entry(
                request: "POST /break/PART",
                meaning: "breaks a part: \(parts)",
                example: "curl -X POST \(base)/break/llm"
            ),
            Entry(
                request: "DELETE /break/PART",
                meaning: "heals it",
                example: "curl -X DELETE \(base)/break/llm"
            ),
        ]
    }

    var text: String {
        entries.reduce("demo-agent\n\n\(Self.introduction)\n") { text, entry in
            text + "\n\(entry.request)\n    \(entry.meaning)\n    \(entry.example)\n"
        }
    }

    var html: String {
        let list = entries.map { entry in
            """
            <dt>\(Self.escaped(entry.request))</dt>
            <dd>\(Self.escaped(entry.meaning))<pre>\(Self.escaped(entry.example))</pre></dd>
            """
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>demo-agent</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 3rem auto; padding: 0 1rem }
            dt { font-weight: 600; margin-top: 1.5rem }
            dd { margin: 0 }
            pre { background: #8882; padding: .6rem .8rem; border-radius: .4rem; overflow-x: auto }
            @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } }
            </style>
            </head>
            <body>
            <h1>demo-agent</h1>
            <p>\(Self.escaped(Self.introduction))</p>
            <dl>
            \(list.joined(separator: "\n"))
            </dl>
            </body>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
