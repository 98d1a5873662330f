/// What a request line asks for: a path, a query, and sometimes the host.
package struct RequestTarget: Hashable, Sendable {
    /// The path as it was sent.
    package private(set) var rawPath = ""
    /// The path, percent-decoded.
    package private(set) var path = ""
    /// The query as it was sent, without the question mark.
    package private(set) var rawQuery: String?
    /// The host of a target in absolute form, as a `Host` header would have it.
    package private(set) var authority: String?

    init() {}

    /// Reads a target in origin form (`/path?query`) or absolute form (`http://host/path?query`).
    init(_ bytes: ArraySlice<UInt8>) throws(RequestFailure) {
        var rest = bytes
        for scheme in ["http://", "https://"] where Self.begins(rest, with: scheme) {
            rest = rest.dropFirst(scheme.utf8.count)
            let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            authority = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[end...]
            break
        }
        guard rest.first == UInt8(ascii: "/") || authority != nil else { throw .target }
        guard rest.allSatisfy({ $0.isVisible && $0 != UInt8(ascii: "#") }) else { throw .encoding }
        let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        rawPath = mark == rest.startIndex ? "/" : String(decoding: rest[..<mark], as: UTF8.self)
        path = try PercentDecoding.text(of: rest[..<mark], plusIsBlank: false)
        if path.isEmpty { path = "/" }
        if mark < rest.endIndex { rawQuery = String(decoding: rest[(mark + 1)...], as: UTF8.self) }
        _ = try query()
    }

    /// The query's items in order, percent-decoded.
    func query() throws(RequestFailure) -> [(name: String, value: String)] {
        guard let rawQuery, !rawQuery.isEmpty else { return [] }
        var items: [(name: String, value: String)] = []
        for item in Array(rawQuery.utf8).split(separator: UInt8(ascii: "&")) {
            let equals = item.firstIndex(of: UInt8(ascii: "="))
            let name = try PercentDecoding.text(of: item[..<(equals ?? item.endIndex)], plusIsBlank: true)
            let value = try equals.map { at throws(RequestFailure) in
                try PercentDecoding.text(of: item[(at + 1)...], plusIsBlank: true)
            }
            items.append((name, value ?? ""))
        }
        return items
    }

    private static func begins(_ bytes: ArraySlice<UInt8>, with prefix: String) -> Bool {
        let head = bytes.prefix(prefix.utf8.count)
        return head.count == prefix.utf8.count && zip(head, prefix.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
}

/// Percent-encoding of URLs, backwards.
enum PercentDecoding {
    /// The text that bytes encode.
    ///
    /// - Throws: When an escape is none, or what comes out is not UTF-8 or holds a control character.
    static func text(of bytes: ArraySlice<UInt8>, plusIsBlank: Bool) throws(RequestFailure) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                guard bytes.endIndex - index >= 2, let high = bytes[index].hexadecimalValue,
                    let low = bytes[index + 1].hexadecimalValue
                else { throw .encoding }
                byte = high << 4 | low
                index += 2
                guard byte != 0 else { throw .encoding }
            } else if byte == UInt8(ascii: "+"), plusIsBlank {
                byte = 0x20
            }
            decoded.append(byte)
        }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .encoding }
        return text
    }
}
