extension Monitor {
    /// How an operation ended.
    @frozen
    public enum Outcome: String, Sendable, Hashable, Monitor.LabelValue {
        /// It did what it should.
        case success
        /// It failed: the body threw, or said so.
        case error
        /// It was cancelled, which is nobody's fault.
        case cancelled
    }

    /// Why an operation failed.
    public struct Failure: Sendable {
        /// OpenTelemetry's `error.type`: a status code, an error's type name, or a word of the host; few values.
        public let type: String
        /// What went wrong, redacted and at most 8 KiB; empty when the type says it all.
        public let message: String
        /// The error, when there was one.
        public let error: (any Error)?
        /// True where the error first surfaced; false where it only passed through on its way up.
        public let surfacedHere: Bool

        package init(type: String, message: String, error: (any Error)?, surfacedHere: Bool) {
            self.type = type
            self.message = message
            self.error = error
            self.surfacedHere = surfacedHere
        }
    }

    /// An error that names its own `error.type`, such as a provider's code.
    ///
    /// Without it the type's name is used.
    public protocol ErrorTypeNaming: Error {
        /// The low-cardinality name: one of few values, never a message.
        var monitoringErrorType: String { get }
    }
}
