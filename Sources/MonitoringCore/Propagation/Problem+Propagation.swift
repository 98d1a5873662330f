extension Monitor.Problem {
    /// A key or value that cannot be sent. It names neither: both can hold what should not be told.
    static func propagation(_ code: String, of header: String, _ message: String) -> Self {
        Self(source: "core", code: code, subject: header, message: "\(header): \(message)", fix: "it was not changed")
    }
}
