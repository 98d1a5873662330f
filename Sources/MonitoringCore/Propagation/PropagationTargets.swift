extension Monitor {
    /// Who gets `baggage`.
    ///
    /// Ids (`traceparent`, `tracestate`) go to everybody: they tell nothing about anybody. Baggage can hold what a request is
    /// about, so it goes to services of one's own and not to *other parties*: model providers and other services that an
    /// operation marks as external.
    ///
    /// ```swift
    /// .ownServices                                            // the default
    /// .ownServices(and: ["llm.internal.example"])             // and this model, which is one's own
    /// .only(["*.internal.example", "billing.example:8443"])   // nobody else
    /// ```
    ///
    /// A pattern is a host name or an address (`10.0.0.7`, `::1`, `[::1]`), compared as text without regard to case;
    /// `*.example.com` stands for every name below `example.com` and not for `example.com` itself; `*` for every host. With a
    /// port (`host:8443`, `[::1]:8443`) it matches that port alone, without one every port. Anything else, such as a URL, is
    /// not a pattern and matches nothing.
    public struct PropagationTargets: Sendable, Hashable {
        private enum Others: Hashable {
            case everybody
            case ownServices
            case nobody
        }

        private let others: Others
        private let patterns: [HostPattern]
        /// What was given and is not a pattern, for whoever reads the configuration to say so.
        package let invalidPatterns: [String]

        /// Everybody but other parties, as ``ownServices``.
        public init() {
            self.init(.ownServices)
        }

        private init(_ others: Others, listed: [String] = []) {
            self.others = others
            self.patterns = listed.compactMap(HostPattern.init)
            self.invalidPatterns = listed.filter { HostPattern($0) == nil }
        }

        /// Everybody, other parties too.
        public static let all = PropagationTargets(.everybody)

        /// Nobody.
        public static let none = PropagationTargets(.nobody)

        /// Everybody but other parties.
        public static let ownServices = PropagationTargets()

        /// Everybody but other parties, and those of them that are listed.
        ///
        /// - Parameter hosts: Patterns.
        /// - Returns: The targets.
        public static func ownServices(and hosts: [String]) -> PropagationTargets {
            PropagationTargets(.ownServices, listed: hosts)
        }

        /// Listed hosts alone, whoever they belong to.
        ///
        /// - Parameter hosts: Patterns.
        /// - Returns: The targets.
        public static func only(_ hosts: [String]) -> PropagationTargets {
            PropagationTargets(.nobody, listed: hosts)
        }

        /// True when a receiver gets baggage.
        ///
        /// - Parameters:
        ///   - host: Its name or address, with or without a port; `nil` when unknown, which no pattern matches.
        ///   - isOtherParty: True when the operation calls somebody else's service.
        /// - Returns: Whether to send baggage.
        public func allows(host: String?, isOtherParty: Bool = false) -> Bool {
            switch others {
            case .everybody: return true
            case .ownServices where !isOtherParty: return true
            default:
                guard !patterns.isEmpty, let host = host.flatMap(HostPattern.Target.init) else { return false }
                return patterns.contains { $0.matches(host) }
            }
        }
    }
}
