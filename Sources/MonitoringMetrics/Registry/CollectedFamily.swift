/// A family whose samples are computed at a scrape.
struct CollectedFamily: Sendable {
    /// One sample.
    struct Sample: Sendable {
        /// The labels, with valid names; the values are redacted already.
        var labels: [(name: String, value: String)]
        var value: NumberSeries.Number
    }

    let name: String
    let help: String
    let type: MetricType
    var samples: [Sample]

    init(_ name: String, _ help: String, _ type: MetricType, _ samples: [Sample] = []) {
        self.name = name
        self.help = help
        self.type = type
        self.samples = samples
    }

    mutating func add(_ labels: [(name: String, value: String)], _ value: Int) {
        samples.append(Sample(labels: labels, value: .whole(Int64(value))))
    }
}
