/// Why a value is not what the variable allows.
struct ValueFault: Error {
    /// What it is not, to complete "NAME="x" is not …".
    var expected: String
    /// Which values are allowed.
    var allowed: String
    /// A value that was probably meant.
    var suggestion: String?
}

extension Monitor.Environment {
    /// Reads a variable with a parser: the name first, then its aliases, a value that cannot be read as if it were not
    /// set.
    ///
    /// A bad value is a problem, and so (a notice) is another name for the same variable that says something else.
    func read<T: Equatable>(
        _ variable: Monitor.Variable,
        report: (Monitor.Problem) -> Void,
        parse: (String) throws(ValueFault) -> T
    ) -> T? {
        reading(variable, report: report, parse: parse)?.value
    }

    /// As ``read(_:report:parse:)``, with the name that counted.
    func reading<T: Equatable>(
        _ variable: Monitor.Variable,
        report: (Monitor.Problem) -> Void,
        parse: (String) throws(ValueFault) -> T
    ) -> (name: String, value: T)? {
        var found: (name: String, value: T)?
        for name in variable.names {
            guard let text = variable.isSecret ? secret(name, report: report) : self[name] else { continue }
            do throws(ValueFault) {
                let value = try parse(text)
                if let found, found.value != value {
                    report(Self.contradiction(variable, found.name, name))
                } else if found == nil {
                    found = (name, value)
                }
            } catch {
                report(Self.badValue(variable, name: name, text: text, fault: error))
            }
        }
        return found
    }

    /// The problem of a value that is not allowed.
    static func badValue(
        _ variable: Monitor.Variable,
        name: String,
        text: String,
        fault: ValueFault
    ) -> Monitor.Problem {
        var message = "\(name)=\(ShownText.value(text, isSecret: variable.isSecret)) is not \(fault.expected)"
        message += " (allowed: \(fault.allowed))"
        message += variable.defaultText.isEmpty ? ", it is ignored" : ", the default \(variable.defaultText) is used"
        return Monitor.Problem(
            source: "environment",
            code: "invalid-value",
            subject: name,
            message: message,
            fix: fix(variable, name: name, text: text, suggestion: fault.suggestion)
        )
    }

    static func fix(_ variable: Monitor.Variable, name: String, text: String, suggestion: String?) -> String {
        let trimmed = text.trimmed
        if trimmed.utf8.count > 1, let first = trimmed.first, first == trimmed.last, first == "\"" || first == "'" {
            return "write the value without quotation marks, they are part of it (docker --env-file keeps them)"
        }
        if let suggestion, !variable.isSecret { return "set \(name)=\(suggestion)" }
        return variable.defaultText.isEmpty
            ? "correct or unset \(name)" : "set \(name)=\(variable.defaultText) or unset it"
    }

    private static func contradiction(_ variable: Monitor.Variable, _ used: String, _ other: String) -> Monitor.Problem
    {
        Monitor.Problem(
            source: "environment",
            code: "contradiction",
            subject: used,
            message: "\(used) and \(other) say different things, \(used) is used",
            fix: "unset \(other)",
            severity: .notice
        )
    }
}
