extension Monitor {
    /// A variable of the environment, declared as data.
    ///
    /// Plugins declare each one they read. The declarations make the table in `docs/configuration.md`, the check at start
    /// (an undeclared variable that looks like a declared one is a typing error) and the words of the problems.
    public struct Variable: Sendable, Hashable {
        /// The name, by convention upper-case with underscores.
        public var name: String
        /// Other names that count when ``name`` is not set, in order.
        public var aliases: [String]
        /// The default as text, as one would write it into the variable; empty when there is none.
        public var defaultText: String
        /// What the variable does, in one sentence without a full stop.
        public var meaning: String
        /// Which values are allowed, such as `true or false`; empty when any text is.
        public var allowed: String
        /// True for passwords, tokens and keys: the value is never shown, is removed from all text that leaves, and can
        /// be given as a file named by the variable with `_FILE` appended.
        public var isSecret: Bool

        /// Declares a variable.
        ///
        /// - Parameters:
        ///   - name: The name.
        ///   - aliases: Other names that count when the first is not set, in order.
        ///   - default: The default as text.
        ///   - meaning: What the variable does.
        ///   - allowed: Which values are allowed.
        ///   - isSecret: True for passwords, tokens and keys.
        public init(
            _ name: String,
            aliases: [String] = [],
            default: String = "",
            meaning: String,
            allowed: String = "",
            isSecret: Bool = false
        ) {
            self.name = name
            self.aliases = aliases
            self.defaultText = `default`
            self.meaning = meaning
            self.allowed = allowed
            self.isSecret = isSecret
        }

        /// The name and the aliases, in the order in which they count.
        package var names: [String] { [name] + aliases }

        /// All names under which the variable can be given, those for files included.
        package var allNames: [String] { isSecret ? names.flatMap { [$0, $0 + "_FILE"] } : names }
    }
}
