/// Where the parts of one `baggage` member stand, once it is known to follow the grammar.
struct BaggageMember {
    /// The name.
    let key: Range<Int>
    /// The value, encoded.
    let value: Range<Int>
    /// Everything behind the first semicolon; `nil` when there is none.
    let metadata: Range<Int>?

    /// `nil` when `range` does not hold `key=value` and, perhaps, properties.
    init?(_ range: Range<Int>, in bytes: Span<UInt8>) {
        var rest: Range<Int>? = range
        guard let pair = HeaderText.nextPiece(of: &rest, separator: UInt8(ascii: ";"), in: bytes),
            let (key, value) = Self.split(pair, in: bytes), let value
        else { return nil }
        if let rest, !Self.isMetadata(rest, in: bytes) { return nil }
        self.key = key
        self.value = value
        self.metadata = rest
    }

    /// The value's text.
    func decodedValue(in bytes: Span<UInt8>) -> String { PercentEncoding.decoded(value, in: bytes) }

    /// Appends the member without optional white space.
    func append(of bytes: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
        HeaderText.append(key, of: bytes, to: &output)
        output.append(UInt8(ascii: "="))
        HeaderText.append(value, of: bytes, to: &output)
        guard let metadata else { return }
        output.append(UInt8(ascii: ";"))
        // Neither names nor values have spaces, so every space is an optional one.
        for index in metadata where !HeaderText.isSpace(bytes[index]) { output.append(bytes[index]) }
    }

    /// True for an HTTP token.
    static func isKey(_ text: String) -> Bool {
        HeaderText.withBytes(of: text) { isToken($0.indices, in: $0) }
    }

    /// True for a list of properties without white space.
    static func isMetadata(_ text: String) -> Bool {
        HeaderText.withBytes(of: text) { bytes in
            for index in bytes.indices where HeaderText.isSpace(bytes[index]) { return false }
            return isMetadata(bytes.indices, in: bytes)
        }
    }

    private static func isMetadata(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        var rest: Range<Int>? = range
        while let property = HeaderText.nextPiece(of: &rest, separator: UInt8(ascii: ";"), in: bytes) {
            guard split(property, in: bytes) != nil else { return false }
        }
        return true
    }

    /// `key` or `key = value` by the grammar.
    private static func split(_ range: Range<Int>, in bytes: Span<UInt8>) -> (key: Range<Int>, value: Range<Int>?)? {
        var rest: Range<Int>? = range
        guard let key = HeaderText.nextPiece(of: &rest, separator: UInt8(ascii: "="), in: bytes),
            isToken(key, in: bytes)
        else { return nil }
        guard let rest else { return (key, nil) }
        let value = HeaderText.trimmed(rest, in: bytes)
        for index in value where !PercentEncoding.isOctet(bytes[index]) { return nil }
        return (key, value)
    }

    private static func isToken(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        for index in range {
            switch bytes[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"),
                UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
                continue
            default: return false
            }
        }
        return !range.isEmpty
    }
}
