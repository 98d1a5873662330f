/// A page in the text format 0.0.4, read strictly: one HELP and one TYPE before the samples of each family, families in one
/// piece, no sample twice, histograms complete and cumulative.
struct ParsedPage {
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    struct Sample: Hashable {
        let name: String
        let labels: [String: String]
    }

    private(set) var types: [String: String] = [:]
    private(set) var helps: [String: String] = [:]
    private(set) var values: [Sample: Double] = [:]
    /// The values as they are written.
    private(set) var texts: [Sample: String] = [:]
    /// The families in the order in which they come.
    private(set) var families: [String] = []

    init(_ text: String) throws {
        guard text.isEmpty || text.hasSuffix("\n") else { throw Fault(description: "the last line does not end") }
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            if line.hasPrefix("# HELP ") {
                try readHelp(line.dropFirst(7))
            } else if line.hasPrefix("# TYPE ") {
                try readType(line.dropFirst(7))
            } else if !line.hasPrefix("#") {
                try readSample(line)
            }
        }
        try checkHistograms()
    }

    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        values[Sample(name: name, labels: labels)]
    }

    func text(_ name: String, _ labels: [String: String] = [:]) -> String? {
        texts[Sample(name: name, labels: labels)]
    }

    /// All samples of that name.
    func samples(_ name: String) -> [[String: String]: Double] {
        Dictionary(values.filter { $0.key.name == name }.map { ($0.key.labels, $0.value) }) { first, _ in first }
    }

    private mutating func readHelp(_ rest: Substring) throws {
        let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard helps[parts[0]] == nil else { throw Fault(description: "two HELP of \(parts[0])") }
        helps[parts[0]] = parts.count > 1 ? parts[1] : ""
    }

    private mutating func readType(_ rest: Substring) throws {
        let parts = rest.split(separator: " ").map(String.init)
        guard parts.count == 2, types[parts[0]] == nil else { throw Fault(description: "bad TYPE \(rest)") }
        types[parts[0]] = parts[1]
        families.append(parts[0])
    }

    private mutating func readSample(_ line: Substring) throws {
        var scanner = SampleScanner(line)
        let (name, labels, value) = try scanner.read()
        guard let family = families.last, let type = types[family] else { throw Fault(description: "no TYPE: \(line)") }
        let names = type == "histogram" ? ["_bucket", "_sum", "_count"].map { family + $0 } : [family]
        guard names.contains(name) else { throw Fault(description: "\(name) stands in the family \(family)") }
        let sample = Sample(name: name, labels: labels)
        guard values[sample] == nil else { throw Fault(description: "twice: \(line)") }
        guard let number = Double(value) else { throw Fault(description: "no number: \(line)") }
        values[sample] = number
        texts[sample] = value
    }

    private func checkHistograms() throws {
        for (family, type) in types where type == "histogram" {
            var buckets: [[String: String]: [(bound: Double, count: Double)]] = [:]
            for (labels, count) in samples(family + "_bucket") {
                var rest = labels
                guard let bound = rest.removeValue(forKey: "le").flatMap(Double.init) else {
                    throw Fault(description: "a bucket of \(family) without le")
                }
                buckets[rest, default: []].append((bound, count))
            }
            for (labels, list) in buckets {
                let sorted = list.sorted { $0.bound < $1.bound }
                let isCumulative = zip(sorted, sorted.dropFirst()).allSatisfy { $0.count <= $1.count }
                guard isCumulative, sorted.last?.bound == .infinity,
                    sorted.last?.count == value(family + "_count", labels), value(family + "_sum", labels) != nil
                else { throw Fault(description: "\(family)\(labels) is no histogram: \(sorted)") }
            }
        }
    }
}

/// Reads one sample's line.
private struct SampleScanner {
    private var rest: Substring

    init(_ line: Substring) { rest = line }

    mutating func read() throws -> (name: String, labels: [String: String], value: String) {
        let name = take { $0 == "_" || $0 == ":" || $0.isASCII && ($0.isLetter || $0.isNumber) }
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest.removeFirst()
            while rest.first != "}" {
                let (key, value) = try readLabel()
                guard labels.updateValue(value, forKey: key) == nil else { throw fault("\(key) twice") }
                if rest.first == "," { rest.removeFirst() }
            }
            rest.removeFirst()
        }
        guard rest.first == " ", !name.isEmpty else { throw fault("no blank after the name") }
        rest.removeFirst()
        guard !rest.contains(" ") else { throw fault("more than a value") }
        return (name, labels, String(rest))
    }

    private mutating func readLabel() throws -> (String, String) {
        let key = take { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard !key.isEmpty, rest.hasPrefix("=\"") else { throw fault("no label") }
        rest.removeFirst(2)
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            guard character == "\\" else {
                value.append(character)
                continue
            }
            switch rest.popFirst() {
            case "n": value.append("\n")
            case "\\": value.append("\\")
            case "\"": value.append("\"")
            default: throw fault("an escape that is none")
            }
        }
        return (key, value)
    }

    private mutating func take(_ isWanted: (Character) -> Bool) -> String {
        let taken = rest.prefix(while: isWanted)
        rest = rest[taken.endIndex...]
        return String(taken)
    }

    private func fault(_ what: String) -> ParsedPage.Fault { ParsedPage.Fault(description: "\(what) at: \(rest)") }
}
