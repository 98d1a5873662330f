/// Typed reads. Each gives `nil` when the variable is not set or its value is not allowed, so that the caller's default
/// stays in force; a value that is not allowed is reported with what is allowed and what to do. Secrets come from their
/// files too, and their values are in no problem.
extension Monitor.Environment {
    /// True when the variable is set under one of its names; for a secret a file counts.
    ///
    /// - Parameter variable: The variable.
    /// - Returns: False for a variable that is set to nothing.
    public func isSet(_ variable: Monitor.Variable) -> Bool {
        variable.allNames.contains { self[$0] != nil }
    }

    /// Text as it is, not trimmed.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - report: Called with what is wrong.
    /// - Returns: The text.
    public func string(_ variable: Monitor.Variable, report: (Monitor.Problem) -> Void) -> String? {
        read(variable, report: report) { text throws(ValueFault) in text }
    }

    /// The absolute path of a file or folder, whether it is there or not.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - report: Called with what is wrong.
    /// - Returns: The path.
    public func path(_ variable: Monitor.Variable, report: (Monitor.Problem) -> Void) -> String? {
        read(variable, report: report, parse: ValueParser.path)
    }

    /// A boolean of ours: `true`, `1`, `yes`, `on` and `false`, `0`, `no`, `off`, in any case.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - report: Called with what is wrong.
    /// - Returns: The boolean.
    public func boolean(_ variable: Monitor.Variable, report: (Monitor.Problem) -> Void) -> Bool? {
        read(variable, report: report, parse: ValueParser.boolean)
    }

    /// A boolean of OpenTelemetry's: `true` in any case is true and everything else false, with a problem unless it is
    /// `false`.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - report: Called with what is wrong.
    /// - Returns: The boolean; `nil` only when the variable is not set.
    public func openTelemetryBoolean(_ variable: Monitor.Variable, report: (Monitor.Problem) -> Void) -> Bool? {
        let found = reading(variable, report: report) { text throws(ValueFault) in text.trimmed.lowercased() }
        guard let (name, word) = found else { return nil }
        if word != "true", word != "false" {
            let shown = ShownText.value(self[name] ?? "", isSecret: variable.isSecret)
            report(
                Monitor.Problem(
                    source: "environment",
                    code: "invalid-value",
                    subject: name,
                    message:
                        "\(name)=\(shown) is not a boolean of OpenTelemetry's "
                        + "(allowed: true, false), it is taken as false",
                    fix: ["1", "yes", "on"].contains(word) ? "set \(name)=true" : "set \(name)=false or unset it"
                )
            )
        }
        return word == "true"
    }

    /// A whole number.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - range: The numbers that are allowed.
    ///   - report: Called with what is wrong.
    /// - Returns: The number.
    public func integer(
        _ variable: Monitor.Variable,
        in range: ClosedRange<Int> = 0...2_147_483_647,
        report: (Monitor.Problem) -> Void
    ) -> Int? {
        read(variable, report: report) { text throws(ValueFault) in try ValueParser.integer(text, in: range) }
    }

    /// A number with or without a fraction.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - range: The numbers that are allowed: by default 0 to 1, a ratio.
    ///   - report: Called with what is wrong.
    /// - Returns: The number.
    public func number(
        _ variable: Monitor.Variable,
        in range: ClosedRange<Double> = 0...1,
        report: (Monitor.Problem) -> Void
    ) -> Double? {
        read(variable, report: report) { text throws(ValueFault) in try ValueParser.number(text, in: range) }
    }

    /// A duration in whole milliseconds, OpenTelemetry's `Duration`; 0 is no time at all.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - report: Called with what is wrong.
    /// - Returns: The duration.
    public func duration(_ variable: Monitor.Variable, report: (Monitor.Problem) -> Void) -> Duration? {
        read(variable, report: report, parse: ValueParser.milliseconds)
    }

    /// A limit of time in whole milliseconds, OpenTelemetry's `Timeout`; 0 is no limit.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - report: Called with what is wrong.
    /// - Returns: The limit.
    public func timeout(_ variable: Monitor.Variable, report: (Monitor.Problem) -> Void) -> Monitor.TimeLimit? {
        duration(variable, report: report).map { $0 == .zero ? .none : .after($0) }
    }

    /// One of a set of words, in any case.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - words: The words and what they mean; several may mean the same.
    ///   - report: Called with what is wrong.
    /// - Returns: What the word means.
    public func choice<T: Equatable>(
        _ variable: Monitor.Variable,
        of words: KeyValuePairs<String, T>,
        report: (Monitor.Problem) -> Void
    ) -> T? {
        read(variable, report: report) { text throws(ValueFault) in try ValueParser.choice(text, of: words) }
    }

    /// One of an enum's raw values, in any case.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - type: The enum.
    ///   - report: Called with what is wrong.
    /// - Returns: The case.
    public func choice<T: RawRepresentable<String> & CaseIterable & Equatable>(
        _ variable: Monitor.Variable,
        as type: T.Type = T.self,
        report: (Monitor.Problem) -> Void
    ) -> T? {
        read(variable, report: report) { text throws(ValueFault) in
            try ValueParser.choice(text, of: T.allCases.map { (key: $0.rawValue, value: $0) })
        }
    }

    /// A list between commas.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - report: Called with what is wrong.
    /// - Returns: The elements in order, trimmed, without empty ones.
    public func list(_ variable: Monitor.Variable, report: (Monitor.Problem) -> Void) -> [String]? {
        read(variable, report: report) { text throws(ValueFault) in ValueParser.list(text) }
    }

    /// A list of headers: `name=value,name=value`, the values percent-encoded.
    ///
    /// Members that cannot be headers are left out; the problem names their positions alone.
    ///
    /// - Parameters:
    ///   - variable: What to read.
    ///   - report: Called with what is wrong.
    /// - Returns: The headers in order, names in lower case, values decoded; of two with one name the later.
    public func headers(
        _ variable: Monitor.Variable,
        report: (Monitor.Problem) -> Void
    ) -> [(name: String, value: String)]? {
        let found = reading(variable, report: report) { text throws(ValueFault) in text }
        guard let (name, text) = found else { return nil }
        let list = HeaderList.parse(text)
        if !list.faults.isEmpty {
            let faults = list.faults.prefix(5).map { "member \($0.position) \($0.reason)" }.joined(separator: ", ")
            report(
                Monitor.Problem(
                    source: "environment",
                    code: "invalid-value",
                    subject: name,
                    message: "\(name) is not wholly a list of headers: \(faults)\(list.faults.count > 5 ? ", …" : ""); "
                        + "the other members are used",
                    fix: "write name=value,name=value, in values with %22 for \", %2C for a comma, %3B for a semicolon"
                )
            )
        }
        return list.headers.map { ($0.name, $0.value) }
    }
}
