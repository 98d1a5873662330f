/// A pattern for hosts: `*`, or a name or `*.suffix` with or without a port.
struct HostPattern: Sendable, Hashable {
    /// A host to be matched, taken apart.
    struct Target: Sendable, Hashable {
        /// Lower case, without brackets and without the dot at the end.
        let name: String
        let port: UInt16?

        /// `nil` for text that is not a host with, perhaps, a port.
        init?(_ text: String) {
            guard let (name, port) = Self.split(text), !name.isEmpty, name.utf8.allSatisfy(Self.isHostByte) else {
                return nil
            }
            let isRooted = name.utf8.last == UInt8(ascii: ".")
            self.name = (isRooted ? name.dropLast() : name).lowercased()
            self.port = port
            if self.name.isEmpty { return nil }
        }

        private static func split(_ text: String) -> (name: Substring, port: UInt16?)? {
            var name = text[...]
            var port: Substring?
            if name.utf8.first == UInt8(ascii: "[") {
                guard let end = name.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
                let rest = name[name.index(after: end)...]
                guard rest.isEmpty || rest.utf8.first == UInt8(ascii: ":") else { return nil }
                port = rest.isEmpty ? nil : rest.dropFirst()
                name = name[..<end].dropFirst()
            } else if let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")),
                name.utf8.lastIndex(of: UInt8(ascii: ":")) == colon
            {
                port = name[name.index(after: colon)...]
                name = name[..<colon]
            }
            guard let port else { return (name, nil) }
            guard port.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let number = UInt16(port) else { return nil }
            return (name, number)
        }

        /// Everything but controls, white space and what delimits the other parts of a URL.
        private static func isHostByte(_ byte: UInt8) -> Bool {
            switch byte {
            case 0...UInt8(ascii: " "), 0x7f, UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"),
                UInt8(ascii: "#"),
                UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "*"):
                false
            default: true
            }
        }
    }

    private enum Form: Sendable, Hashable {
        case any
        case exact(String, port: UInt16?)
        case ending(String, port: UInt16?)
    }

    private let form: Form

    /// `nil` for text that is not a pattern.
    init?(_ text: String) {
        if text == "*" {
            form = .any
        } else if text.hasPrefix("*."), let target = Target(String(text.dropFirst(2))) {
            form = .ending("." + target.name, port: target.port)
        } else if let target = Target(text) {
            form = .exact(target.name, port: target.port)
        } else {
            return nil
        }
    }

    /// True when the pattern stands for `host`.
    func matches(_ host: Target) -> Bool {
        switch form {
        case .any: true
        case .exact(let name, let port): host.name == name && (port == nil || port == host.port)
        case .ending(let suffix, let port):
            host.name.utf8.count > suffix.utf8.count && host.name.hasSuffix(suffix)
                && (port == nil || port == host.port)
        }
    }
}
