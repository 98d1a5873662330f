public import MonitoringCore

/// Why a server cannot listen.
public struct ServerError: Error, Sendable, Hashable {
    /// The kinds of reason.
    public struct Code: Sendable, Hashable {
        private enum Kind: String {
            case portInUse = "port_in_use"
            case notPermitted = "not_permitted"
            case badAddress = "bad_address"
            case badPort = "bad_port"
            case noResources = "no_resources"
            case stopping
        }

        private let kind: Kind

        /// Somebody listens there already.
        public static let portInUse = Code(kind: .portInUse)
        /// The process may not listen there.
        public static let notPermitted = Code(kind: .notPermitted)
        /// The host is none of this machine's addresses, and no name that leads to one.
        public static let badAddress = Code(kind: .badAddress)
        /// The port is not between 0 and 65535.
        public static let badPort = Code(kind: .badPort)
        /// The system has no descriptors, memory or threads left.
        public static let noResources = Code(kind: .noResources)
        /// The server is being stopped.
        public static let stopping = Code(kind: .stopping)

        /// The kind in a word.
        public var name: String { kind.rawValue }
    }

    /// The kind of reason.
    public let code: Code
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// What to do about it.
    public let fix: String

    init(_ code: Code, _ message: String, fix: String) {
        self.code = code
        self.message = message
        self.fix = fix
    }
}

extension ServerError: CustomStringConvertible, Monitor.ErrorTypeNaming {
    /// One line: what is wrong, and what to do.
    public var description: String { "\(message); \(fix)" }
    /// The code.
    public var monitoringErrorType: String { code.name }
}
