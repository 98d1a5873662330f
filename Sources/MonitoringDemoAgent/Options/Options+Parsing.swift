extension Options {
    private static let mostTraffic = 10_000.0
    private static let mostSeconds = 7 * 86_400.0

    /// Reads the arguments, without the program's name.
    ///
    /// Values follow as the next argument or after `=`; of an option given twice the later wins, except that every `--break`
    /// counts.
    ///
    /// - Throws: ``OptionsError`` for the first argument that cannot be understood.
    init(arguments: [String]) throws(OptionsError) {
        self.init()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            try apply(argument, &rest)
        }
    }

    private mutating func apply(_ argument: String, _ rest: inout ArraySlice<String>) throws(OptionsError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0]
        let attached = parts.count > 1 ? parts[1] : nil
        switch name {
        case "--port": port = try Self.port(name, attached, &rest)
        case "--traffic": traffic = try Self.number(name, attached, &rest, in: 0...Self.mostTraffic)
        case "--seconds": seconds = try Self.number(name, attached, &rest, in: 0...Self.mostSeconds)
        case "--linger": linger = try Self.number(name, attached, &rest, in: 0...Self.mostSeconds)
        case "--seed": seed = try Self.seed(name, attached, &rest)
        case "--break": broken.insert(try Self.part(name, attached, &rest))
        case "--ledger": ledger = try Self.file(name, attached, &rest)
        default:
            guard attached == nil else { throw Self.notAFlag(name) }
            try apply(flag: argument)
        }
    }

    private mutating func apply(flag: String) throws(OptionsError) {
        switch flag {
        case "--canaries": canaries = true
        case "--print-canaries": command = .printCanaries
        case "--help", "-h": command = .help
        case "relay" where command == .run: command = .relay
        case _ where flag.hasPrefix("-"): throw .unknownOption(flag)
        default: throw .unexpectedArgument(flag)
        }
    }

    private static func notAFlag(_ name: String) -> OptionsError {
        ["--canaries", "--print-canaries", "--help"].contains(name) ? .unexpectedValue(name) : .unknownOption(name)
    }

    private static func value(
        _ name: String,
        _ attached: String?,
        _ rest: inout ArraySlice<String>
    ) throws(OptionsError) -> String {
        guard let value = attached ?? rest.popFirst() else { throw .missingValue(name) }
        return value
    }

    private static func number(
        _ name: String,
        _ attached: String?,
        _ rest: inout ArraySlice<String>,
        in range: ClosedRange<Double>
    ) throws(OptionsError) -> Double {
        let text = try value(name, attached, &rest)
        guard let number = Double(text), range.contains(number) else {
            let bounds = "\(Calculator.text(of: range.lowerBound)) to \(Calculator.text(of: range.upperBound))"
            throw .invalidValue(name, text, expected: "a number from \(bounds)")
        }
        return number
    }

    private static func port(
        _ name: String,
        _ attached: String?,
        _ rest: inout ArraySlice<String>
    ) throws(OptionsError) -> Int {
        let text = try value(name, attached, &rest)
        guard let port = UInt16(text) else {
            throw .invalidValue(name, text, expected: "a whole number from 0 to 65535")
        }
        return Int(port)
    }

    private static func seed(
        _ name: String,
        _ attached: String?,
        _ rest: inout ArraySlice<String>
    ) throws(OptionsError) -> UInt64 {
        let text = try value(name, attached, &rest)
        guard let seed = UInt64(text) else { throw .invalidValue(name, text, expected: "a whole number from 0") }
        return seed
    }

    private static func part(
        _ name: String,
        _ attached: String?,
        _ rest: inout ArraySlice<String>
    ) throws(OptionsError) -> Breaker.Part {
        let text = try value(name, attached, &rest)
        guard let part = Breaker.Part(rawValue: text) else {
            throw .invalidValue(name, text, expected: Breaker.Part.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return part
    }

    private static func file(
        _ name: String,
        _ attached: String?,
        _ rest: inout ArraySlice<String>
    ) throws(OptionsError) -> String {
        let text = try value(name, attached, &rest)
        guard !text.isEmpty else { throw .invalidValue(name, text, expected: "a file") }
        return text
    }
}
