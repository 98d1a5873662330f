/// Why a receiver could not be opened.
public struct ReceiverError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system call that failed.
    public let call: String
    /// What the system said: an `errno`.
    public let code: Int32

    /// One line.
    public var description: String { "no loopback receiver: \(call) failed with errno \(code)" }
}
