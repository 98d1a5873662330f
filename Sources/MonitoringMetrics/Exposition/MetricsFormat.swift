/// In which format a page of metrics is wanted.
enum MetricsFormat {
    case text
    case json

    /// What `Accept` prefers: text, unless JSON is named and weighs more.
    ///
    /// - Parameter headers: The values of all `Accept` headers.
    /// - Returns: The format.
    static func preferred(_ headers: [String]) -> MetricsFormat {
        var weights: (text: Double, json: Double) = (0, 0)
        for clause in headers.joined(separator: ",").split(separator: ",") {
            let parts = clause.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let type = parts.first else { continue }
            let weight = weight(parts.dropFirst())
            switch type {
            case "application/json": weights.json = max(weights.json, weight)
            case "text/plain", "text/*", "*/*", "application/openmetrics-text": weights.text = max(weights.text, weight)
            default: continue
            }
        }
        return weights.json > weights.text ? .json : .text
    }

    private static func weight(_ parameters: some Sequence<String>) -> Double {
        guard let text = parameters.first(where: { $0.hasPrefix("q=") }) else { return 1 }
        let weight = Double(text.dropFirst(2)) ?? 0
        return weight.isFinite ? min(max(weight, 0), 1) : 0
    }
}
