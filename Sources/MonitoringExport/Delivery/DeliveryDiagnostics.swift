internal import MonitoringCore

/// Turns faults into problems, and knows which of them are over once the receiver takes records again.
///
/// No text of it holds a path, a query, or a field: only origins, numbers, and what the receiver said, unless that
/// repeats a secret.
struct DeliveryDiagnostics {
    private let policy: DeliveryPolicy
    private let secrets: [String]
    /// What an acceptance ends: the problems of attempts that will be made again, and others.
    private var outages: Set<Diagnostics.Topic> = []
    private var refusals: Set<Diagnostics.Topic> = []

    init(policy: DeliveryPolicy) {
        self.policy = policy
        // A receiver that repeats a credential may leave its scheme out.
        secrets =
            policy.headers.flatMap { [$0.value] + $0.value.split(separator: " ").map(String.init) }
            .filter { $0.utf8.count >= 6 } + [policy.endpoint.path].filter { $0.utf8.count > 12 }
    }

    /// The problem that a fault is; to be reported each time.
    ///
    /// - Parameters:
    ///   - fault: What went wrong.
    ///   - queued: How many records wait.
    /// - Returns: What to report, and which refusals it takes the place of.
    mutating func problem(for fault: DeliveryFault, queued: Int) -> (Monitor.Problem, replaced: [Diagnostics.Topic]) {
        let problem = problem(describe(fault, queued: queued))
        let topic = Diagnostics.Topic(problem)
        guard Self.endedByAcceptance.contains(problem.code) else { return (problem, []) }
        if fault.isOutage {
            outages.insert(topic)
            return (problem, [])
        }
        let replaced = refusals.subtracting([topic])
        refusals = [topic]
        return (problem, Array(replaced))
    }

    /// Whether an acceptance ends something.
    var hasFaults: Bool { !outages.isEmpty || !refusals.isEmpty }

    /// What is over now that a receiver took records; `nil` when nothing was wrong.
    ///
    /// - Parameter queued: How many records wait.
    /// - Returns: The outages with what to tell of their end, and the refusals.
    mutating func accepted(
        queued: Int
    ) -> (outages: [Diagnostics.Topic], end: Monitor.Problem, refusals: [Diagnostics.Topic])? {
        guard hasFaults else { return nil }
        defer { (outages, refusals) = ([], []) }
        let end = problem(
            Text(
                code: "delivery-recovered",
                message: "\(receiver) takes \(words.records) again (\(queued) queued)",
                severity: .notice))
        return (Array(outages), end, Array(refusals))
    }

    // MARK: - Texts

    private struct Text {
        var code: String
        var status: Int?
        var message: String
        var fix = ""
        var severity = Monitor.Problem.Severity.warning
    }

    /// What may be told anew once the receiver has taken something.
    ///
    /// What is wrong with single records is not among it.
    private static let endedByAcceptance: Set<String> = [
        "delivery-refused-connection", "delivery-no-receiver", "delivery-unanswered", "delivery-grpc-port",
        "delivery-busy", "delivery-rejected",
    ]

    private var words: DeliveryPolicy.Words { policy.words }
    private var receiver: String { "the \(words.receiver) at \(policy.endpoint.origin)" }

    private func problem(_ text: Text) -> Monitor.Problem {
        // Another status is another problem.
        let status = text.status.map { " (\($0))" } ?? ""
        return Monitor.Problem(
            source: words.source, code: text.code, subject: policy.endpoint.origin + status, message: text.message,
            fix: text.fix, severity: text.severity)
    }

    private func describe(_ fault: DeliveryFault, queued: Int) -> Text {
        let waiting = "\(words.records) wait (\(queued) queued)"
        switch fault {
        case .unanswered(let error): return describe(error.kind, waiting: waiting)
        case .busy(let status, let message, let wait):
            let pause = wait.map { " and asks for a pause of \($0.components.seconds) s" } ?? ""
            return Text(
                code: "delivery-busy", status: status,
                message: "\(receiver) answers \(status)\(pause)\(quote(message)); \(waiting)",
                fix: "it is overloaded, limits the rate, or is not ready; sending goes on by itself")
        case .refused(let status, let message, let location, let isGRPC):
            return describeRefusal(status, message: message, location: location, isGRPC: isGRPC)
        case .partlyRefused(0, let message):
            return Text(
                code: "delivery-warning",
                message: "\(receiver) takes all \(words.records) with a warning\(quote(message))",
                severity: .notice)
        case .partlyRefused(let rejected, let message):
            return Text(
                code: "delivery-partial",
                message: "\(receiver) refused \(rejected) of the \(words.records) it was sent\(quote(message))")
        case .answerTooLong:
            return Text(
                code: "delivery-rejected",
                message:
                    "\(receiver) sends an answer of over \(policy.responseLimit) bytes; the \(words.records) are lost",
                fix: "is that an OTLP/HTTP receiver? check \(words.endpointVariable)", severity: .error)
        case .halved:
            return Text(
                code: "delivery-halved", message: "\(receiver) answers 413; smaller batches are sent",
                fix: "raise its limit for the size of a request to save requests", severity: .notice)
        case .recordTooLarge(let bytes, let byReceiver):
            let limit = byReceiver ? "\(receiver) refuses it" : "the limit of a request is \(policy.requestLimit)"
            return Text(
                code: "delivery-too-large", message: "one of the \(words.records) has \(bytes) bytes, and \(limit)",
                fix: "put less into attributes, or raise the limit")
        case .tooOld:
            return Text(
                code: "delivery-too-old",
                message: "\(words.records) that waited for over \(policy.ageLimit.components.seconds) s are dropped",
                fix: "get \(receiver) to accept them in time")
        }
    }

    private var isGRPCPort: Bool { policy.endpoint.port == 4317 }

    private func describe(_ kind: TransportError.Kind, waiting: String) -> Text {
        let message = "\(receiver) \(kind)"
        let isAbsent = [.refused, .unreachable, .unresolved].contains(kind)
        if kind == .http2 || (isGRPCPort && !isAbsent) { return grpcPort("\(message); \(waiting)") }
        if isAbsent, policy.isDefaultEndpoint {
            return Text(
                code: "delivery-no-receiver",
                message: "no \(words.receiver) answers at \(policy.endpoint.origin), the default; \(waiting)",
                fix: "start one, set \(words.endpointVariable), or set \(words.offSwitch)", severity: .notice)
        }
        let fix =
            switch kind {
            case .refused: "is it running? start it, or correct \(words.endpointVariable)"
            case .unresolved, .unreachable: "check the host name and the network, or correct \(words.endpointVariable)"
            case .tls: "check its certificate, and whether \(words.endpointVariable) should begin with http://"
            case .notHTTP: "is that the port of an HTTP receiver? check \(words.endpointVariable)"
            case .proxy: "set http_proxy to the http:// URL of a proxy, or name the host in no_proxy"
            default: "check the \(words.receiver) and what lies between; sending goes on by itself"
            }
        let code = kind == .refused ? "delivery-refused-connection" : "delivery-unanswered"
        return Text(code: code, message: "\(message); \(waiting)", fix: fix)
    }

    private func grpcPort(_ message: String) -> Text {
        let what =
            isGRPCPort ? "that is the gRPC port, use 4318" : "that looks like a gRPC port, the one for HTTP is 4318"
        return Text(
            code: "delivery-grpc-port", message: message,
            fix: "\(what): only HTTP with JSON is spoken; correct \(words.endpointVariable)")
    }

    private func describeRefusal(_ status: Int, message: String?, location: String?, isGRPC: Bool) -> Text {
        let lost = "the \(words.records) are lost"
        if isGRPC { return grpcPort("\(receiver) answers \(status) in gRPC; \(lost)") }
        if 300..<400 ~= status {
            let target = location.map { " to \($0)" } ?? ""
            return Text(
                code: "delivery-rejected", status: status,
                message: "\(receiver) redirects (\(status))\(target); \(lost)",
                fix: "redirects are not followed; set \(words.endpointVariable) to the target")
        }
        let fix =
            switch status {
            case 401, 403: "check the credentials in \(words.credentialVariable)"
            case 404, 405: "check the path in \(words.endpointVariable): is this an OTLP/HTTP receiver?"
            case 415: "the \(words.receiver) must accept \(policy.contentType)"
            case 400: "see the log of the \(words.receiver)"
            default: "see the log of the \(words.receiver), or set \(words.offSwitch)"
            }
        return Text(
            code: "delivery-rejected", status: status,
            message: "\(receiver) answers \(status)\(quote(message)); \(lost)", fix: fix,
            severity: .error)
    }

    /// What the receiver said, on one line, shortened, unless it holds a secret of ours.
    private func quote(_ message: String?) -> String {
        guard let message, !secrets.contains(where: { message.contains($0) }) else { return "" }
        let line = message.unicodeScalars.prefix(200).map { $0.properties.isVisible ? Character($0) : " " }
        return " (\"\(String(line))\")"
    }
}

extension Unicode.Scalar.Properties {
    /// Whether the scalar takes part in a line of text: no control, no format, no line or paragraph separator.
    fileprivate var isVisible: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: true
        }
    }
}
