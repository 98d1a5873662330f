import MonitoringCore

/// `GET /`: what the service can do, as text, or as a page for browsers.
struct HelpEndpoint: Sendable {
    let address: OwnAddress

    var endpoint: Endpoint {
        Endpoint(method: "GET", path: "/", access: .open, handler: .synchronous(answer))
    }

    @Sendable private func answer(_ request: EndpointRequest) -> EndpointResponse {
        let page = HelpPage(base: address.base ?? "http://127.0.0.1:\(Options().port)")
        guard request.accepts("text/html") else { return .text(page.text) }
        return EndpointResponse(
            headers: [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
            ],
            body: .bytes(Array(page.html.utf8))
        )
    }
}
