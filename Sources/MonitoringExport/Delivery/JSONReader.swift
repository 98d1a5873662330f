/// Walks over JSON in bytes without building anything, for the few members that are wanted.
///
/// Tolerant of what it need not understand, strict enough never to read past the end. No recursion: nesting costs
/// nothing. After a call that returned `nil` or `false` the reader is of no more use.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Makes a reader at the beginning of a document.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Visits the members of the object that comes next.
    ///
    /// - Parameter member: Gets each name, and must read or skip the value; returns whether that went well.
    /// - Returns: Whether there was a whole object and all members went well.
    mutating func readObject(_ member: (_ name: String, _ reader: inout JSONReader) -> Bool) -> Bool {
        guard take(UInt8(ascii: "{")) else { return false }
        if take(UInt8(ascii: "}")) { return true }
        repeat {
            guard let name = readString(), take(UInt8(ascii: ":")), member(name, &self) else { return false }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}"))
    }

    /// Reads the string that comes next; what is not UTF-8 in it is repaired, lone surrogates too.
    mutating func readString() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        var text: [UInt8] = []
        while let byte = next() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard readEscape(into: &text) else { return nil }
            default: text.append(byte)
            }
        }
        return nil
    }

    /// Reads the integer that comes next, as a number or as a string of one; 64-bit integers may be either.
    mutating func readInteger() -> Int64? {
        if peek() == UInt8(ascii: "\"") { return readString().flatMap { Int64($0) } }
        let number = readScalar()
        return Int64(String(decoding: number, as: UTF8.self))
    }

    /// Skips whatever value comes next.
    mutating func skipValue() -> Bool {
        var depth = 0
        repeat {
            switch peek() {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { return false }
                position += 1
            case UInt8(ascii: "\""):
                guard readString() != nil else { return false }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { return false }
                position += 1
            case nil: return false
            default:
                guard !readScalar().isEmpty else { return false }
            }
        } while depth > 0
        return true
    }

    /// Whether the value that comes next is an object.
    mutating func isAtObject() -> Bool { peek() == UInt8(ascii: "{") }

    /// Whether the value that comes next is a string.
    mutating func isAtString() -> Bool { peek() == UInt8(ascii: "\"") }

    private mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// The next byte that is no white space, without taking it.
    private mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return bytes[position]
            }
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    /// A number, `true`, `false`, `null`, or what stands in their place.
    private mutating func readScalar() -> ArraySlice<UInt8> {
        guard peek() != nil else { return [] }
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            guard byte.isDigit || byte.isLetter || byte == 0x2b || byte == 0x2d || byte == 0x2e else { break }
            position += 1
        }
        return bytes[start..<position]
    }

    private mutating func readEscape(into text: inout [UInt8]) -> Bool {
        switch next() {
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "u"): return readUnicodeEscape(into: &text)
        case let byte?: text.append(byte)
        case nil: return false
        }
        return true
    }

    private mutating func readUnicodeEscape(into text: inout [UInt8]) -> Bool {
        guard let unit = readUnit() else { return false }
        var scalar = UnicodeScalar(UInt32(unit))
        if UTF16.isLeadSurrogate(unit), bytes[position...].starts(with: [0x5c, 0x75]) {
            let start = position
            position += 2
            if let trail = readUnit(), UTF16.isTrailSurrogate(trail) {
                scalar = UTF16.decode(UTF16.EncodedScalar([unit, trail]))
            } else {
                position = start
            }
        }
        text += String(scalar ?? "\u{fffd}").utf8
        return true
    }

    private mutating func readUnit() -> UInt16? {
        guard bytes.count - position >= 4 else { return nil }
        let digits = bytes[position..<position + 4]
        guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
        position += 4
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
