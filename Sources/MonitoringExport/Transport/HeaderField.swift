/// One header field of a request or a response.
///
/// Its value may be a token, so nothing that prints or mirrors it shows more than the name.
package struct HeaderField: Sendable, Hashable {
    /// The name as given; compared without regard to case.
    package let name: String
    /// The value, possibly a secret.
    package let value: String

    /// Makes a field that can be sent: the name must be a token of RFC 9110, the value free of control characters.
    ///
    /// - Parameters:
    ///   - name: The field's name.
    ///   - value: Its value, without surrounding white space.
    package init?(name: String, value: String) {
        guard !name.isEmpty, name.utf8.allSatisfy(\.isToken) else { return nil }
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else { return nil }
        self.init(name: name, checkedValue: value)
    }

    /// Makes a field from parts that are known to be valid.
    init(name: String, checkedValue: String) {
        self.name = name
        self.value = checkedValue
    }

    /// Whether this is the field of that name.
    ///
    /// - Parameter name: A name in any case.
    /// - Returns: Whether the names are the same.
    package func hasName(_ name: String) -> Bool {
        self.name.utf8.elementsEqual(name.utf8) { $0.loweredASCII == $1.loweredASCII }
    }
}

extension HeaderField: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(name): ***" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

extension Sequence<HeaderField> {
    /// The first value of a field, by its name in any case.
    ///
    /// - Parameter name: The field's name.
    /// - Returns: The value of the first field of that name.
    package func firstValue(of name: String) -> String? { first { $0.hasName(name) }?.value }
}

extension UInt8 {
    /// The byte with an ASCII capital made small.
    var loweredASCII: UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self }

    /// Whether the byte is an ASCII digit.
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

    /// Whether the byte is an ASCII letter.
    var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= loweredASCII }

    /// Whether the byte may stand in a token (RFC 9110, 5.6.2).
    var isToken: Bool {
        if isDigit || isLetter { return true }
        switch self {
        case 0x21, 0x23...0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x5e...0x60, 0x7c, 0x7e: return true
        default: return false
        }
    }
}
