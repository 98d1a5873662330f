/// Which proxy leads to a receiver, by the variables that `curl` and most others read.
///
/// Never one for loopback, whatever the variables say.
package struct ProxySettings: Sendable {
    /// A proxy: where it is, and what it wants to be shown.
    struct Proxy: Sendable {
        let endpoint: Endpoint
        /// `user:password`, percent-decoded.
        let credentials: [UInt8]?
    }

    /// What stands in the variables, by scheme.
    ///
    /// A text that is no proxy stays, so that its use can fail.
    private let texts: [Endpoint.Scheme: String]
    private let exceptions: [Substring]

    /// No proxy for anything.
    package static let none = ProxySettings { _ in nil }

    /// Reads the variables.
    ///
    /// - Parameter variable: Gives a variable's value by its name; empty counts as unset.
    package init(_ variable: (String) -> String?) {
        func first(_ names: String...) -> String? {
            names.lazy.compactMap(variable).first { !$0.isEmpty }
        }
        var texts: [Endpoint.Scheme: String] = [:]
        // A CGI's `HTTP_PROXY` is the client's `Proxy` header.
        let isCGI = variable("REQUEST_METHOD") != nil
        texts[.http] = first("http_proxy") ?? (isCGI ? nil : first("HTTP_PROXY")) ?? first("all_proxy", "ALL_PROXY")
        texts[.https] = first("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        self.texts = texts
        exceptions = (first("no_proxy", "NO_PROXY") ?? "")
            .split { $0 == "," || $0 == " " }.map { $0.hasPrefix(".") ? $0.dropFirst() : $0 }
    }

    /// The proxy for a receiver, `nil` for a direct way.
    ///
    /// - Parameter endpoint: The receiver.
    /// - Returns: The proxy to connect to.
    /// - Throws: `.proxy` when the variable is not the URL of a plain HTTP proxy.
    func proxy(for endpoint: Endpoint) throws(TransportError) -> Proxy? {
        guard let text = text(for: endpoint) else { return nil }
        let unusable = TransportError(.proxy, origin: endpoint.origin)
        var rest = text[...]
        if let scheme = text.firstRange(of: "://") {
            guard text[..<scheme.lowerBound].lowercased() == "http" else { throw unusable }
            rest = text[scheme.upperBound...]
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let at = authority.lastIndex(of: "@")
        let credentials = try at.map { at throws(TransportError) in
            guard let decoded = Self.percentDecoded(authority[..<at]) else { throw unusable }
            return decoded
        }
        let address = at.map { authority[authority.index(after: $0)...] } ?? authority
        guard let endpoint = try? Endpoint("http://\(address)") else { throw unusable }
        return Proxy(endpoint: endpoint, credentials: credentials)
    }

    /// What the variables say about a receiver, exceptions considered.
    func text(for endpoint: Endpoint) -> String? {
        guard let text = texts[endpoint.scheme], !endpoint.isLoopback else { return nil }
        for exception in exceptions {
            if exception == "*" || endpoint.host == exception.lowercased()
                || endpoint.host.hasSuffix(".\(exception.lowercased())") || endpoint.authority == exception.lowercased()
            {
                return nil
            }
        }
        return text
    }

    private static func percentDecoded(_ text: Substring) -> [UInt8]? {
        var result: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = bytes.next(), let low = bytes.next(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16), value >= 0x20
            else { return nil }
            result.append(value)
        }
        return result
    }
}
