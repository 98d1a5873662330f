/// A list of headers in a variable: `name=value,name=value`, as `OTEL_EXPORTER_OTLP_HEADERS` has them.
///
/// W3C baggage without metadata, read as leniently as the official SDKs do: values may hold spaces, and a stray `%` stays
/// as it is. A member that cannot be a header is left out and reported by its position: it may well be a secret.
struct HeaderList {
    /// One header.
    struct Header: Hashable {
        /// The name in lower case.
        var name: String
        /// The value, decoded.
        var value: String
        /// The value as it stands in the variable.
        var encodedValue: String
    }

    /// A member that was left out.
    struct Fault: Hashable {
        /// Its position, from 1.
        var position: Int
        /// What is wrong with it, to complete "member 2".
        var reason: String
    }

    private(set) var headers: [Header] = []
    private(set) var faults: [Fault] = []
    private var places: [String: Int] = [:]

    /// Reads a list; of two headers with the same name the later wins.
    static func parse(_ text: String) -> HeaderList {
        var list = HeaderList()
        let members = Array(text.utf8).split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        for (offset, member) in members.enumerated() {
            let member = member.withoutBlanks
            if !member.isEmpty { list.add(member, position: offset + 1) }
        }
        return list
    }

    private mutating func add(_ member: ArraySlice<UInt8>, position: Int) {
        func leaveOut(_ reason: String) { faults.append(Fault(position: position, reason: reason)) }

        guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else { return leaveOut("has no \"=\"") }
        let name = member[..<equals].withoutBlanks
        let encoded = member[(equals + 1)...].withoutBlanks
        guard !name.isEmpty, name.allSatisfy(Self.isNameByte) else { return leaveOut("has no valid header name") }
        guard encoded.allSatisfy(Self.isValueByte) else {
            return leaveOut("holds a character that must be percent-encoded")
        }
        guard let value = PercentDecoding.lenient(encoded), value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            return leaveOut("is not text without control characters once decoded")
        }
        let header = Header(
            name: String(decoding: name, as: UTF8.self).lowercased(),
            value: value,
            encodedValue: String(decoding: encoded, as: UTF8.self)
        )
        if let place = places[header.name] {
            headers[place] = header
        } else {
            places[header.name] = headers.count
            headers.append(header)
        }
    }

    /// RFC 9110's token.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// Baggage's octets and the space.
    private static func isValueByte(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) && !"\",;\\".utf8.contains(byte)
    }
}
