import Foundation
import MonitoringCore

/// Puts a secret everywhere an operation takes something.
struct CanaryTrip: Sendable {
    private struct Misnomer: Error, Monitor.ErrorTypeNaming {
        var monitoringErrorType: String
    }

    private struct Refusal: Error, CustomStringConvertible {
        var description: String
    }

    let monitor: Monitor

    /// Serves a made-up request that is full of the secret.
    func fly(_ canary: Canary) {
        var headers = ["authorization": "Bearer \(canary.secret)", "cookie": "session=\(canary.secret)"]
        if canary.isFoundInNames { headers["x-request-id"] = canary.secret }
        let query = "token=\(Self.escaped(canary.secret))"
        monitor.observe(.httpServer(method: "POST", route: "/chat", query: query), continuing: headers) { operation in
            for (name, value) in headers { operation.detail("http.request.header.\(name)", [value]) }
            write(canary, to: operation)
            leaveTraces(of: canary)
            call(canary)
            refuse(canary)
            if canary.isFoundInNames { misname(canary.secret, in: operation) }
            operation[.responseStatus] = 200
        }
    }

    private func write(_ canary: Canary, to operation: Monitor.Operation) {
        operation.label("note", canary.phrase)
        operation.detail("note.text", canary.phrase)
        operation.detail("note.list", ["first", canary.phrase])
        operation.detail("password", canary.secret)
        operation.set(.userAgent, "reader/1.0 (\(canary.phrase))")
        operation.event("noted", ["text": canary.phrase, "api_key": canary.secret])
        operation.recordException(Refusal(description: canary.phrase))
        operation.content(.user, canary.phrase)
        operation.content(.toolArguments, ToolArguments("note", canary.phrase).json)
        operation.content(.toolResult, canary.phrase)
    }

    private func leaveTraces(of canary: Canary) {
        monitor.scope.tags["note"] = canary.phrase
        monitor.scope.contexts["note"] = ["text": canary.phrase, "secret": canary.secret]
        monitor.breadcrumb(canary.phrase, ["text": canary.phrase])
        monitor.capture(canary.phrase, level: .warning, tags: ["note": canary.phrase])
        monitor.capture(Refusal(description: canary.phrase))
        monitor.log(.info, canary.phrase, ["text": canary.phrase, "token": canary.secret])
    }

    private func call(_ canary: Canary) {
        let secret = Self.escaped(canary.secret)
        let url = "https://librarian:\(secret)@catalogue.example/items?api_key=\(secret)&page=2"
        monitor.observe(.httpClient(method: "GET", url: url, template: "/items")) { operation in
            var headers = ["authorization": "Bearer \(canary.secret)"]
            operation.inject(into: &headers, to: "catalogue.example")
            operation[.responseStatus] = 401
        }
        monitor.observe(.database(system: "sqlite", operation: "SELECT", collection: "readers")) { operation in
            operation[.queryText] = "SELECT * FROM readers WHERE note = '\(canary.phrase)'"
        }
    }

    private func refuse(_ canary: Canary) {
        monitor.observe(.custom("note", name: canary.phrase)) { operation in
            operation.fail("refused", canary.phrase)
        }
        do throws(Refusal) {
            try monitor.observe(.external(service: "notary")) { () throws(Refusal) in
                throw Refusal(description: canary.phrase)
            }
        } catch {
            monitor.capture(error)
        }
    }

    /// Names everything after the secret, as a model that makes up a tool may.
    private func misname(_ secret: String, in operation: Monitor.Operation) {
        operation.label(secret, "label")
        operation.detail(secret, 1)
        operation.event(secret, [secret: 1])
        monitor.scope.tags[secret] = "tag"
        monitor.scope.contexts[secret] = [secret: 1]
        monitor.breadcrumb("misnamed", category: secret, [secret: 1])
        monitor.log(.info, "misnamed", [secret: 1])
        monitor.capture(Misnomer(monitoringErrorType: secret), [secret: 1])
        let works: [Monitor.Work] = [
            .tool(name: secret, callID: secret), .agent(name: secret, id: secret, conversation: secret),
            .mcp(method: secret, tool: secret, session: secret, requestID: secret),
            .chat(provider: secret, model: secret), .retrieval(source: secret),
            .cache(name: secret, operation: secret),
            .database(system: secret, operation: secret, collection: secret, namespace: secret),
            .external(service: secret, operation: secret), .custom(secret, name: secret),
            .httpClient(method: "GET", url: "https://catalogue.example/", template: "/\(secret)?key=\(secret)"),
        ]
        for work in works {
            monitor.observe(work) { operation in
                operation.set(.finishReasons, [secret])
                operation.set(.responseModel, secret)
                operation.set(.responseID, secret)
                operation.fail(secret)
            }
        }
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~")))
            ?? ""
    }
}
