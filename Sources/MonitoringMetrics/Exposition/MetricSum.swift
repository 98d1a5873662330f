/// The sum of the samples of a name that have certain labels.
struct MetricSum {
    let name: String
    let labels: [String: String]

    func value(in page: MetricsPage) -> Double? {
        var sum: Double?
        for family in page.families {
            switch family {
            case .collected(let family):
                guard family.name == name || family.name == name + "_total" else { continue }
                for sample in family.samples where has(sample.labels) { sum = (sum ?? 0) + sample.value.double }
            case .stored(let storage, let series):
                for each in series {
                    guard let number = number(page.value(of: each), of: storage.descriptor.name),
                        has(each.text.pairs)
                    else { continue }
                    sum = (sum ?? 0) + number
                }
            }
        }
        return sum
    }

    private func number(_ value: SeriesValue, of family: String) -> Double? {
        switch value {
        case .number(let number): family == name || family == name + "_total" ? number.double : nil
        case .histogram(let value, _):
            name == family + "_count" ? Double(value.count) : name == family + "_sum" ? value.sum : nil
        case .unread: nil
        }
    }

    private func has(_ pairs: [(name: String, value: String)]) -> Bool {
        labels.allSatisfy { name, value in pairs.contains { $0.name == name && $0.value == value } }
    }
}
