extension Monitor {
    /// The variables that the monitoring is configured with, as a value.
    ///
    /// Everything that reads a variable takes one of these, so that tests and hosts can pass what they like:
    ///
    /// ```swift
    /// let monitor = try await Monitor.start(.tracing, environment: ["ENABLE_TRACING": "true"])
    /// let monitor = try await Monitor.start(.tracing, environment: .file(".env"))
    /// ```
    ///
    /// A variable that is set to nothing counts as not set. What went wrong while the values were collected stands in
    /// ``problems``. No description of an environment ever shows a value.
    public struct Environment: Sendable {
        let values: [String: String]
        /// What went wrong while the values were collected, such as a file that could not be read.
        public let problems: [Monitor.Problem]

        /// Makes an environment of a dictionary.
        ///
        /// - Parameter values: The variables; those with an empty value are left out.
        public init(_ values: [String: String]) {
            self.init(values, problems: [])
        }

        init(_ values: [String: String], problems: [Monitor.Problem]) {
            self.values = values.filter { !$0.value.isEmpty }
            self.problems = problems
        }

        /// The environment of this process as it is now.
        ///
        /// Every call makes a new snapshot; invalid UTF-8 is repaired. As with any reading of the environment, no other
        /// thread may be changing it meanwhile: call it where a program starts.
        public static var process: Environment { Environment(ProcessEnvironment.snapshot()) }

        /// The value of a variable.
        ///
        /// - Parameter name: The variable's name, which is case-sensitive.
        /// - Returns: The value, not trimmed; `nil` when the variable is not set or empty.
        public subscript(_ name: String) -> String? { values[name] }

        /// The same environment with one variable set otherwise; `nil` removes it.
        package func setting(_ name: String, to value: String?) -> Environment {
            var changed = values
            changed[name] = value
            return Environment(changed, problems: problems)
        }

        /// The names of all variables that are set, sorted.
        public var names: [String] { values.keys.sorted() }
    }
}

extension Monitor.Environment: ExpressibleByDictionaryLiteral {
    /// Makes an environment of a literal; of two entries with the same name the later wins.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension Monitor.Environment: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the variables, without their values.
    public var description: String { "Environment(\(names.joined(separator: ", ")))" }
    /// The names of the variables, without their values.
    public var debugDescription: String { description }
    /// A mirror that shows the names of the variables, without their values.
    public var customMirror: Mirror { Mirror(self, children: ["names": names]) }
}
