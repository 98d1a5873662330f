/// Makes names that the text format allows of names that hosts give, by OpenTelemetry's rules for Prometheus.
enum MetricName {
    /// The longest name that is kept, in bytes.
    static let limit = 200

    /// A family's name: what is not allowed becomes `_`, several of them one; a counter's ends with `_total`.
    ///
    /// - Parameters:
    ///   - name: As the host calls it.
    ///   - kind: What it counts.
    ///   - namespace: What to put before it, already a valid name or empty.
    /// - Returns: The name as it is exposed.
    static func family(_ name: String, _ kind: MetricKind, namespace: String) -> String {
        var result = sanitized(name, allowingColon: true)
        if !namespace.isEmpty { result = namespace + "_" + result }
        if kind == .counter, !result.hasSuffix("_total") { result += "_total" }
        return result
    }

    /// A namespace: a name without underscores at its end.
    static func namespace(_ name: String) -> String {
        var result = name.isEmpty ? "" : sanitized(name, allowingColon: false)
        while result.hasSuffix("_") { result.removeLast() }
        return result
    }

    /// The labels' names; those that mean something else to Prometheus, or came before, get an underscore at their end.
    static func labels(_ names: [String], of kind: MetricKind) -> [String] {
        var result: [String] = []
        for name in names {
            var label = sanitized(name, allowingColon: false)
            while label.hasPrefix("__") { label.removeFirst() }
            if kind == .histogram, label == "le" { label += "_" }
            while result.contains(label) { label += "_" }
            result.append(label)
        }
        return result
    }

    private static func sanitized(_ name: String, allowingColon: Bool) -> String {
        var bytes: [UInt8] = []
        for scalar in name.unicodeScalars.prefix(limit) {
            let isAllowed =
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9": true
                case ":": allowingColon
                default: false
                }
            if isAllowed, let byte = UInt8(exactly: scalar.value) {
                if bytes.isEmpty, scalar.properties.numericType != nil { bytes.append(UInt8(ascii: "_")) }
                bytes.append(byte)
            } else if bytes.last != UInt8(ascii: "_") {
                bytes.append(UInt8(ascii: "_"))
            }
        }
        if bytes.isEmpty { return "_" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
