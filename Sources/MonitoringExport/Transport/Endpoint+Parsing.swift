extension Endpoint {
    /// Why a text is not an endpoint.
    ///
    /// None of the cases carries any of the text, which may hold a secret.
    package enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// There is no `http://` or `https://` in front.
        case scheme
        /// The host is missing or has a character that no host has.
        case host
        /// The port is no number from 1 to 65535.
        case port
        /// There is a user or a password in it.
        case userInfo
        /// There is white space, a control character, or anything else that must be percent-encoded.
        case character

        package var description: String {
            switch self {
            case .scheme: "it does not begin with http:// or https://"
            case .host: "it has no valid host"
            case .port: "its port is not a number from 1 to 65535"
            case .userInfo: "it holds a user name or password, which belong in a header"
            case .character: "it has a character that must be percent-encoded"
            }
        }
    }

    /// Reads an endpoint from its URL.
    ///
    /// Without a path the path is `/`; a fragment is left out.
    ///
    /// - Parameter text: An absolute URL.
    /// - Throws: What is wrong with it.
    package init(_ text: String) throws(Invalid) {
        guard text.utf8.allSatisfy({ 0x21...0x7e ~= $0 && $0 != 0x22 && $0 != 0x3c && $0 != 0x3e && $0 != 0x5c }) else {
            throw .character
        }
        var rest = text[...]
        let scheme: Scheme
        if Self.drop("https://", from: &rest) {
            scheme = .https
        } else if Self.drop("http://", from: &rest) {
            scheme = .http
        } else {
            throw .scheme
        }
        if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
        let pathStart = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<pathStart]
        let path = rest[pathStart...]
        guard !authority.contains("@") else { throw .userInfo }
        let (host, port) = try Self.split(authority)
        self.init(
            scheme: scheme, host: host.lowercased(), port: port, path: path.hasPrefix("/") ? String(path) : "/\(path)")
    }

    private static func drop(_ prefix: String, from text: inout Substring) -> Bool {
        guard text.prefix(prefix.count).lowercased() == prefix else { return false }
        text = text.dropFirst(prefix.count)
        return true
    }

    private static func split(_ authority: Substring) throws(Invalid) -> (host: Substring, port: UInt16?) {
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { throw .host }
            let host = authority[authority.index(after: authority.startIndex)..<close]
            let isAddress = host.utf8.allSatisfy { byte in
                byte.isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte.loweredASCII || byte == 0x3a
                    || byte == 0x2e
            }
            guard host.utf8.count >= 2, isAddress else { throw .host }
            let rest = authority[authority.index(after: close)...]
            guard rest.isEmpty || rest.first == ":" else { throw .host }
            return (host, try port(rest.dropFirst()))
        }
        let colon = authority.firstIndex(of: ":") ?? authority.endIndex
        let host = authority[..<colon]
        let isName = host.utf8.allSatisfy { $0.isDigit || $0.isLetter || $0 == 0x2d || $0 == 0x2e || $0 == 0x5f }
        guard !host.isEmpty, host.utf8.count <= 253, isName else { throw .host }
        return (host, try port(authority[colon...].dropFirst()))
    }

    private static func port(_ text: Substring) throws(Invalid) -> UInt16? {
        if text.isEmpty { return nil }
        guard text.utf8.allSatisfy(\.isDigit), let port = UInt16(text), port > 0 else { throw .port }
        return port
    }
}
