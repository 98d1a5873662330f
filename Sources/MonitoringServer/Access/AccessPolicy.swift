package import MonitoringCore

/// Who may ask for what.
package struct AccessPolicy: Sendable {
    /// Why a request is refused.
    package struct Refusal: Hashable, Sendable {
        package let status: Int
        package let reason: String

        static let wrongHost = Self(
            status: 403,
            reason: "The Host header must be an IP address, localhost, or one of the allowed hosts."
        )
        static let noToken = Self(
            status: 403,
            reason: "This is served beyond loopback only when a token is configured."
        )
        static let otherSite = Self(status: 403, reason: "This is not served to pages of other sites.")
        static let unauthorized = Self(status: 401, reason: "This needs the token as Authorization: Bearer.")
    }

    private let isLoopback: Bool
    private let token: [UInt8]?
    private let allowedHosts: Set<String>

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - isLoopback: Whether the server can be reached from this machine alone.
    ///   - token: What sensitive endpoints need; `nil` for nothing.
    ///   - allowedHosts: The names that a `Host` header may hold on loopback besides `localhost`.
    package init(isLoopback: Bool, token: String?, allowedHosts: [String]) {
        self.isLoopback = isLoopback
        self.token = token.map { Array($0.utf8) }
        self.allowedHosts = Set(allowedHosts.compactMap { HostField($0)?.host } + ["localhost"])
    }

    /// Checks where a request was sent to, before anything of what is offered is told.
    ///
    /// On loopback a name that leads here could be an attacker's own, with which a browser takes his page for ours (DNS
    /// rebinding). An address is nobody's to give away. Beyond loopback the port is reachable without such a trick, and
    /// names are many: of a service, a load balancer, a public domain.
    package func refusal(of host: HostField?) -> Refusal? {
        guard isLoopback, let host, !host.isAddress, !allowedHosts.contains(host.host) else { return nil }
        return .wrongHost
    }

    /// Checks whether a request may have what it asks for.
    package func refusal(of head: RequestHead, to access: Endpoint.Access) -> Refusal? {
        guard access == .sensitive else { return nil }
        if token == nil, !isLoopback { return .noToken }
        if isFromOtherSite(head) { return .otherSite }
        if let token, !Self.holds(head.values("authorization"), token) { return .unauthorized }
        return nil
    }

    /// Whether a browser says that a page of another origin asks.
    private func isFromOtherSite(_ head: RequestHead) -> Bool {
        if head.values("sec-fetch-site").contains(where: { $0.lowercased() == "cross-site" }) { return true }
        return head.values("origin").contains { !Self.isOrigin($0, of: head.host) }
    }

    /// Whether a page of the origin was loaded from the host; ports count, the scheme's own may be left out.
    private static func isOrigin(_ origin: String, of host: HostField?) -> Bool {
        for (scheme, standard) in [("http://", 80), ("https://", 443)] where origin.lowercased().hasPrefix(scheme) {
            guard let page = HostField(origin.dropFirst(scheme.utf8.count)), let host else { return false }
            return page.host == host.host && page.port ?? standard == host.port ?? standard
        }
        return false
    }

    private static func holds(_ values: [String], _ token: [UInt8]) -> Bool {
        guard values.count == 1 else { return false }
        let value = Array(values[0].utf8)
        let scheme = Array("bearer".utf8)
        guard value.count > scheme.count, value[scheme.count] == 0x20,
            zip(value, scheme).allSatisfy({ $0 | 0x20 == $1 })
        else { return false }
        let given = Array(value[scheme.count...].drop { $0 == 0x20 })
        return !token.isEmpty && isEqual(given, token)
    }

    /// Compares in a time that depends on the first alone, so that nobody can guess the second byte by byte.
    private static func isEqual(_ given: [UInt8], _ secret: [UInt8]) -> Bool {
        var difference = given.count == secret.count ? UInt8(0) : 1
        for index in given.indices { difference |= given[index] ^ secret[index % secret.count] }
        return difference == 0
    }
}
