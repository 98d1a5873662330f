extension Monitor {
    /// Why a monitor did not start: only with `MONITORING_STRICT=true`, and then with everything that is wrong.
    public struct StartError: Error, Sendable, CustomStringConvertible {
        /// Every problem found, in the order in which they were found.
        public let problems: [Monitor.Problem]

        /// One line a problem.
        public var description: String {
            "monitoring did not start:\n" + problems.map { "  " + $0.description }.joined(separator: "\n")
        }
    }
}
