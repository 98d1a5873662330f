import MonitoringCore

/// What a family is called and what it counts.
struct FamilyDescriptor: Sendable {
    /// The name as it is exposed.
    let name: String
    /// One sentence for people.
    let help: String
    /// What is counted.
    let kind: MetricKind
    /// The labels' names as they are exposed, each once.
    let labelNames: [String]
    /// As many keys, which say how redaction treats the labels' values.
    let keys: [Monitor.AttributeKey]

    init(_ name: String, _ help: String, _ kind: MetricKind, _ keys: [Monitor.AttributeKey] = []) {
        self.name = name
        self.help = help
        self.kind = kind
        self.keys = keys
        labelNames = MetricName.labels(keys.map(\.name), of: kind)
    }

    /// Whether both can be one family.
    func agrees(with other: Self) -> Bool { kind == other.kind && labelNames == other.labelNames }
}
