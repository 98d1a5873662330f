/// The forms in which a registered secret can show up.
enum SecretForms {
    /// Texts that are shorter would be found everywhere.
    static let minimum = 6
    /// From this length on a secret is also looked for in Base64.
    static let minimumInBase64 = 8

    /// One form: what to look for, and whether the Base64 around it belongs to it.
    struct Form: Sendable {
        var bytes: [UInt8]
        var isBase64 = false
    }

    /// The secret as it is, percent-encoded, escaped as in JSON, and in Base64 wherever in a longer text it stands.
    static func all(of secret: String) -> [Form] {
        let plain = Array(secret.utf8)
        var forms = [plain]
        for candidate in [
            percentEncoded(plain, upper), percentEncoded(plain, lower), escaped(plain, slashes: false),
            escaped(plain, slashes: true),
        ]
        where !forms.contains(candidate) { forms.append(candidate) }
        var result = forms.map { Form(bytes: $0) }
        guard plain.count >= minimumInBase64 else { return result }
        for offset in 0..<3 {
            let standard = base64Core(of: plain, offset: offset)
            result.append(Form(bytes: standard, isBase64: true))
            let forURLs = standard.map { byte in
                byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
            }
            if forURLs != standard { result.append(Form(bytes: forURLs, isBase64: true)) }
        }
        return result
    }

    private static let upper = Array("0123456789ABCDEF".utf8)
    private static let lower = Array("0123456789abcdef".utf8)
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func percentEncoded(_ bytes: [UInt8], _ digits: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            if ByteClass.isDottedToken(byte) || byte == UInt8(ascii: "~") { return [byte] }
            return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    private static func escaped(_ bytes: [UInt8], slashes: Bool) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "/") where slashes: [UInt8(ascii: "\\"), byte]
            case 0x0A: Array("\\n".utf8)
            case 0x0D: Array("\\r".utf8)
            case 0x09: Array("\\t".utf8)
            default: [byte]
            }
        }
    }

    /// The characters of Base64 that depend on the secret alone when `offset` bytes of something else stand before it.
    private static func base64Core(of secret: [UInt8], offset: Int) -> [UInt8] {
        let bytes = [UInt8](repeating: 0, count: offset) + secret
        let first = (offset * 8 + 5) / 6
        let end = bytes.count * 8 / 6
        return (first..<end).map { position in
            let bit = position * 6
            let high = UInt16(bytes[bit / 8]) << 8
            let low = bit / 8 + 1 < bytes.count ? UInt16(bytes[bit / 8 + 1]) : 0
            return alphabet[Int((high | low) >> UInt16(10 - bit % 8)) & 63]
        }
    }
}
