/// The parser of `.env` files, which accepts any bytes.
///
/// Takes one pass, but for lines behind a quotation mark that is never closed or closed badly: they are read twice.
struct DotEnvParser {
    private(set) var values: [String: String] = [:]
    /// The numbers, from 1, of the lines that make no sense.
    private(set) var badLines: [Int] = []

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// Quotation marks that are known not to come again, so that a file full of them is not searched for each.
    private var unclosed: Set<UInt8> = []

    init(_ bytes: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    }

    /// Reads everything.
    mutating func parse() {
        while position < bytes.count {
            skipBlanks()
            if !isAtLineEnd, peek != UInt8(ascii: "#") {
                let start = line
                if !parseAssignment() { badLines.append(start) }
            }
            skipLine()
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Reads `[export] NAME = value`; false when it makes no sense.
    ///
    /// Ends somewhere in the line that the value ends in.
    private mutating func parseAssignment() -> Bool {
        var name = takeName()
        if name == "export", let byte = peek, Self.isBlank(byte) {
            skipBlanks()
            if peek != UInt8(ascii: "=") { name = takeName() }
        }
        skipBlanks()
        guard !name.isEmpty, peek == UInt8(ascii: "=") else { return false }
        position += 1
        skipBlanks()
        guard let value = takeValue() else { return false }
        values[name] = value
        return true
    }

    private mutating func takeName() -> String {
        let start = position
        while let byte = peek, Self.isNameByte(byte), position > start || !Self.isDigit(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func takeValue() -> String? {
        switch peek {
        case UInt8(ascii: "\""): takeQuoted(UInt8(ascii: "\""), hasEscapes: true)
        case UInt8(ascii: "'"): takeQuoted(UInt8(ascii: "'"), hasEscapes: false)
        default: takeUnquoted()
        }
    }

    private mutating func takeUnquoted() -> String? {
        let start = position
        while let byte = peek, !isAtLineEnd {
            if byte == UInt8(ascii: "#"), position == start || Self.isBlank(bytes[position - 1]) { break }
            if byte == 0 || byte == UInt8(ascii: "\r") { return nil }
            position += 1
        }
        return String(decoding: bytes[start..<position].withoutBlanks, as: UTF8.self)
    }

    /// Reads up to the closing quotation mark.
    ///
    /// Without a good one nothing is read, so that the next line counts again.
    private mutating func takeQuoted(_ quote: UInt8, hasEscapes: Bool) -> String? {
        guard !unclosed.contains(quote) else { return nil }
        let start = (position, line)
        position += 1
        if let value = takeQuotedRest(quote, hasEscapes: hasEscapes) { return value }
        (position, line) = start
        return nil
    }

    private mutating func takeQuotedRest(_ quote: UInt8, hasEscapes: Bool) -> String? {
        var value: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case quote: return isFollowedByNothing ? String(decoding: value, as: UTF8.self) : nil
            case 0: return nil
            case UInt8(ascii: "\\") where hasEscapes: value += takeEscape()
            case UInt8(ascii: "\r") where peek == UInt8(ascii: "\n"): break
            default:
                if byte == UInt8(ascii: "\n") { line += 1 }
                value.append(byte)
            }
        }
        unclosed.insert(quote)
        return nil
    }

    /// What follows a backslash; one that escapes nothing stays.
    private mutating func takeEscape() -> [UInt8] {
        let escaped: [UInt8]? =
            switch peek {
            case UInt8(ascii: "n"): [UInt8(ascii: "\n")]
            case UInt8(ascii: "r"): [UInt8(ascii: "\r")]
            case UInt8(ascii: "t"): [UInt8(ascii: "\t")]
            case UInt8(ascii: "\""): [UInt8(ascii: "\"")]
            case UInt8(ascii: "$"): [UInt8(ascii: "$")]
            case UInt8(ascii: "\\"): [UInt8(ascii: "\\")]
            default: nil
            }
        guard let escaped else { return [UInt8(ascii: "\\")] }
        position += 1
        return escaped
    }

    /// True when nothing but blanks or a comment follows in this line.
    private var isFollowedByNothing: Bool {
        let next = bytes[position...].first { !Self.isBlank($0) }
        return next.map { "\r\n#".utf8.contains($0) } ?? true
    }

    /// True before a line feed, with a carriage return before it or not, and at the end of the file.
    private var isAtLineEnd: Bool {
        let rest = bytes[position...].drop { $0 == UInt8(ascii: "\r") }
        return rest.startIndex - position < 2 && (rest.first ?? UInt8(ascii: "\n")) == UInt8(ascii: "\n")
    }

    private mutating func skipBlanks() {
        while let byte = peek, Self.isBlank(byte) { position += 1 }
    }

    private mutating func skipLine() {
        while let byte = peek, byte != UInt8(ascii: "\n") { position += 1 }
        position += 1
        line += 1
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: isDigit(byte)
        }
    }
}
