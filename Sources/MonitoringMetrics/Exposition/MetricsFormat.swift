/// In which format a page of metrics is wanted.
enum MetricsFormat: Sendable, Hashable {
    case text
    case openMetrics
    case json

    /// What `Accept` asks for.
    ///
    /// Of the text formats that which weighs most, of equals the first, and Prometheus' where none is named. JSON only where
    /// it weighs more than any of them.
    ///
    /// - Parameter headers: The values of all `Accept` headers.
    /// - Returns: The format, and how names are to be escaped if the client said so.
    static func preferred(_ headers: [String]) -> (format: MetricsFormat, escaping: String?) {
        let clauses = headers.joined(separator: ",").split(separator: ",").compactMap(Clause.init)
        var best: (format: MetricsFormat, weight: Double) = (.text, 0)
        var json = 0.0
        var escaping: String?
        for clause in clauses {
            guard let format = clause.format else { continue }
            if format == .json {
                json = max(json, clause.weight)
            } else if clause.weight > best.weight {
                best = (format, clause.weight)
                escaping = clause.escaping
            }
        }
        return json > best.weight ? (.json, nil) : (best.format, escaping)
    }
}

/// One of the types that `Accept` names.
private struct Clause {
    private static let escapings = ["allow-utf-8", "underscores", "dots", "values"]

    let type: String
    private let parameters: [String: String]

    init?(_ text: Substring) {
        let parts = text.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        guard let first = parts.first, !first.isEmpty else { return nil }
        type = first
        let pairs = parts.dropFirst().map { part -> (String, String) in
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (halves[0], halves.count > 1 ? halves[1] : "")
        }
        parameters = Dictionary(pairs) { first, _ in first }
    }

    var weight: Double {
        guard let text = parameters["q"] else { return 1 }
        let weight = Double(text) ?? 0
        return weight.isFinite ? min(max(weight, 0), 1) : 0
    }

    /// The format that it means; `nil` for one that there is not.
    var format: MetricsFormat? {
        let version = parameters["version"]
        return switch type {
        case "application/openmetrics-text": version == nil || version == "1.0.0" ? .openMetrics : nil
        case "text/plain": version == nil || version == "0.0.4" ? .text : nil
        case "text/*", "*/*": .text
        case "application/json": .json
        default: nil
        }
    }

    var escaping: String? { parameters["escaping"].flatMap { Self.escapings.contains($0) ? $0 : nil } }
}
