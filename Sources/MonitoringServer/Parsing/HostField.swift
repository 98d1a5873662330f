/// The value of a `Host` header: a name or an address, and a port.
package struct HostField: Hashable, Sendable {
    /// The name or address in lower case, an IPv6 address in brackets, without the dot at a name's end.
    package let host: String
    /// The port; `nil` where none is given.
    package let port: Int?

    /// Reads a header's value; `nil` when it is none that a client may send.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)[...]
        let name: ArraySlice<UInt8>
        var rest: ArraySlice<UInt8>
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let address = bytes[1..<end]
            guard address.contains(UInt8(ascii: ":")),
                address.allSatisfy({ $0.hexadecimalValue != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { return nil }
            (name, rest) = (bytes[...end], bytes[(end + 1)...])
        } else {
            let end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            (name, rest) = (bytes[..<end], bytes[end...])
            guard !name.isEmpty, name.count <= 255, name.allSatisfy(Self.isNameCharacter) else { return nil }
        }
        if rest.isEmpty {
            port = nil
        } else {
            guard rest.removeFirst() == UInt8(ascii: ":"), rest.count <= 5, rest.allSatisfy(\.isDecimalDigit) else {
                return nil
            }
            let number = rest.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            guard number <= 65_535 else { return nil }
            port = rest.isEmpty ? nil : number
        }
        var text = String(decoding: name, as: UTF8.self).lowercased()
        if text.utf8.count > 1, text.last == "." { text.removeLast() }
        host = text
    }

    /// Whether this is an address: nobody can have one lead to another machine.
    package var isAddress: Bool {
        if host.first == "[" { return true }
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(\.isDecimalDigit)
                    && part.reduce(0, { $0 * 10 + Int($1 - UInt8(ascii: "0")) }) <= 255
            }
    }

    /// RFC 3986's `reg-name`.
    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~%!$&'()*+,;=".utf8.contains(byte)
        }
    }
}
