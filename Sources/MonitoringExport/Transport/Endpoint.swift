/// Where requests go: scheme, host, port and path of a receiver.
///
/// Only ``origin`` may be shown: paths and queries of receivers carry keys.
package struct Endpoint: Sendable, Hashable {
    /// How the receiver is spoken to.
    package enum Scheme: String, Sendable, Hashable {
        /// Plain HTTP.
        case http
        /// HTTP over TLS.
        case https

        /// The port that is meant when none is given.
        package var defaultPort: UInt16 { self == .http ? 80 : 443 }
    }

    /// Plain or TLS.
    package let scheme: Scheme
    /// A name or an address, in small letters; an IPv6 address without its brackets.
    package let host: String
    /// The port, the scheme's own when the text gives none.
    package let port: UInt16
    /// The path with its query; begins with a slash.
    ///
    /// May hold a secret.
    package let path: String

    /// Makes an endpoint from parts that are known to be valid.
    ///
    /// - Parameters:
    ///   - scheme: Plain or TLS.
    ///   - host: A name or an address, without brackets.
    ///   - port: The port; the scheme's own if `nil`.
    ///   - path: The path, beginning with a slash.
    package init(scheme: Scheme, host: String, port: UInt16? = nil, path: String = "/") {
        self.scheme = scheme
        self.host = host
        self.port = port ?? scheme.defaultPort
        self.path = path
    }

    /// Scheme, host and port: what diagnostics show.
    package var origin: String { "\(scheme.rawValue)://\(authority)" }

    /// Host and port, an IPv6 address in brackets.
    var authority: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether the receiver is on this machine by its very address, so that no proxy and no compression is of use.
    package var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
            || Self.isLoopbackIPv4(host) || (host.hasPrefix("::ffff:") && Self.isLoopbackIPv4(host.dropFirst(7)))
    }

    private static func isLoopbackIPv4(_ host: some StringProtocol) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The endpoint with a path joined to its own by exactly one slash; a query stays at the end.
    ///
    /// - Parameter component: The path to add, such as `v1/traces`.
    /// - Returns: The longer endpoint.
    package func appending(_ component: String) -> Endpoint {
        let bytes = path.utf8
        let split = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        var base = path[..<split]
        while base.utf8.last == UInt8(ascii: "/") { base.removeLast() }
        return Endpoint(scheme: scheme, host: host, port: port, path: "\(base)/\(component)\(path[split...])")
    }
}

extension Endpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { origin }
    package var debugDescription: String { origin }
    package var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }
}
