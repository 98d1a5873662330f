import MonitoringCore

/// How a label's value comes to be what is exposed.
enum ExposedValue {
    /// The longest value that is kept, in bytes.
    static let limit = 256
    /// What a value that was cut ends with.
    private static let mark = "…"

    /// The value redacted, bounded and escaped.
    static func make(_ value: String, key: Monitor.AttributeKey, _ redactor: Redactor) -> String {
        var clean = value
        if case .string(let redacted) = redactor.redact(.string(value), key: key) { clean = redacted }
        return escaped(bounded(clean))
    }

    /// The value as it was before it was escaped.
    static func unescaped(_ value: some Sequence<UInt8>) -> String {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in value {
            if isEscaped {
                bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func bounded(_ value: String) -> String {
        guard value.utf8.count > limit else { return value }
        let bytes = value.utf8
        var end = bytes.index(bytes.startIndex, offsetBy: limit - mark.utf8.count)
        while end > bytes.startIndex, bytes[end] & 0xc0 == 0x80 { end = bytes.index(before: end) }
        return String(value[..<end]) + mark
    }

    /// The value as it stands between quotes.
    static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: needsEscape) else { return value }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.utf8.count + 8)
        for byte in value.utf8 {
            if needsEscape(byte) { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte == UInt8(ascii: "\n") ? UInt8(ascii: "n") : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
    }
}
