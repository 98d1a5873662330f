extension Monitor.Problem {
    /// A key or value that cannot be sent.
    ///
    /// It is not repeated here: it can hold what should not be told.
    ///
    /// - Parameters:
    ///   - code: What is wrong.
    ///   - header: Where it was to be sent.
    ///   - rule: What is allowed.
    /// - Returns: The problem.
    static func propagation(_ code: String, of header: String, _ rule: String) -> Self {
        Self(source: "core", code: code, subject: header, message: "\(header) was not changed: \(rule)")
    }
}
