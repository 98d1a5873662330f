internal import MonitoringCore

/// The page at `/` that lists what is offered.
struct IndexPage {
    private let endpoints: [Endpoint]

    init(_ endpoints: [Endpoint]) {
        self.endpoints = endpoints.sorted { ($0.path, $0.method) < ($1.path, $1.method) }
    }

    /// The page as an endpoint, answered at once.
    var endpoint: Endpoint {
        let (html, text) = (Array(html.utf8), text)
        return Endpoint(
            method: "GET",
            path: "/",
            access: .scrape,
            handler: .synchronous { request in
                guard Self.prefersHTML(request.headers.values("accept")) else { return .text(text) }
                return EndpointResponse(headers: Self.headers, body: .bytes(html))
            }
        )
    }

    private static let headers = [
        (name: "Content-Type", value: "text/html; charset=utf-8"),
        (
            name: "Content-Security-Policy",
            value: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        ),
    ]

    private var text: String {
        let width = endpoints.map(\.method.utf8.count).max() ?? 0
        return endpoints.map { endpoint in
            let blanks = String(repeating: " ", count: width - endpoint.method.utf8.count + 1)
            return "\(endpoint.method)\(blanks)\(endpoint.path) (\(endpoint.access.rawValue))\n"
        }.joined()
    }

    private var html: String {
        let rows = endpoints.map { endpoint in
            let path = Self.escaped(endpoint.path)
            let shown = endpoint.method == "GET" ? "<a href=\"\(path)\">\(path)</a>" : path
            return "<tr><td>\(Self.escaped(endpoint.method))<td>\(shown)<td>\(endpoint.access.rawValue)\n"
        }
        return """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Monitoring</title>
            <style>
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
            body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
            td, th { text-align: left; padding: .2rem 1.5rem .2rem 0 }
            </style>
            <h1>Monitoring</h1>
            <table>
            <tr><th>Method<th>Path<th>Access
            \(rows.joined())</table>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// Whether HTML is named with at least the weight of plain text; a mere `*/*` prefers nothing.
    private static func prefersHTML(_ accept: [String]) -> Bool {
        func weight(_ type: String) -> Double {
            for clause in accept.joined(separator: ",").lowercased().split(separator: ",") {
                let parts = clause.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
                guard parts.first == type else { continue }
                let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
                return weight.flatMap { Double($0.dropFirst(2)) } ?? 1
            }
            return 0
        }
        let html = weight("text/html")
        return html > 0 && html >= weight("text/plain")
    }
}
