/// A variable, or a family of them, that people know from another product and that this one does not serve.
struct PeerVariable {
    /// Which names it is about.
    enum Names {
        case exactly(String)
        /// All that begin so; the family is told once.
        case family(String)
    }

    /// Which values it is about.
    enum Values {
        case any
        /// Elements of a list between commas, in any case.
        case elements([String])
        /// Values that contain a text.
        case containing(String)
    }

    let names: Names
    let values: Values
    /// The switch without which nothing is lost; `nil` when it is always worth saying.
    let flag: Monitor.Flag?
    /// What is the matter, to complete "NAME …" or "NAME=value …".
    let message: String
    /// What to do.
    let fix: String

    init(
        _ names: Names,
        with values: Values = .any,
        whenOn flag: Monitor.Flag? = nil,
        _ message: String,
        fix: String
    ) {
        self.names = names
        self.values = values
        self.flag = flag
        self.message = message
        self.fix = fix
    }
}

extension PeerVariable {
    /// Whether a name is one of these.
    func includes(_ name: String) -> Bool {
        switch names {
        case .exactly(let exact): name == exact
        case .family(let prefix): name.hasPrefix(prefix)
        }
    }

    /// The notice for the variables that are set, of which there is at least one; `nil` when their values are served.
    func problem(for set: [String], in environment: Monitor.Environment) -> Monitor.Problem? {
        guard let first = set.first, let value = environment[first], let shown = shownValue(of: value) else {
            return nil
        }
        let subject: String
        let verb: String
        switch names {
        case .exactly(let name):
            subject = name
            verb = name + shown
        case .family(let prefix):
            subject = prefix + "*"
            let list = set.prefix(4).map { ShownText.plain($0) }.joined(separator: ", ")
            verb = list + (set.count > 4 ? " and \(set.count - 4) more" : "")
        }
        return Monitor.Problem(
            source: "environment",
            code: "not-served",
            subject: subject,
            message: "\(verb): \(message)",
            fix: fix,
            severity: .notice
        )
    }

    /// The part of the value that the notice is about, to stand behind the name: only words of our own table are shown.
    private func shownValue(of value: String) -> String? {
        switch values {
        case .any: return ""
        case .elements(let words):
            let found = ValueParser.list(value).map { $0.lowercased() }.filter(words.contains)
            return found.isEmpty ? nil : "=" + found.joined(separator: ",")
        case .containing(let text): return value.contains(text) ? "=…\(text)" : nil
        }
    }
}
