extension Monitor {
    /// What an attribute can hold: OpenTelemetry's `AnyValue`.
    ///
    /// Zero, the empty string and the empty array are values like any other and are kept. Use `.null` for "known to be
    /// nothing".
    public enum Value: Sendable, Hashable {
        case null
        case bool(Bool)
        case int(Int64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case array([Monitor.Value])
        case map([Monitor.KeyValue])
    }

    /// One entry of a map value.
    public struct KeyValue: Sendable, Hashable {
        /// The entry's key, unique within its map.
        public var key: String
        /// The entry's value.
        public var value: Monitor.Value

        /// Makes an entry.
        @inlinable
        public init(_ key: String, _ value: Monitor.Value) {
            self.key = key
            self.value = value
        }
    }
}

extension Monitor.Value: CustomStringConvertible {
    /// The value as text, by OpenTelemetry's rules for formats without typed attributes: strings as they are, numbers and
    /// booleans as JSON writes them, everything nested as JSON.
    public var description: String {
        switch self {
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): Self.text(of: value)
        case .string(let value): value
        case .bytes(let value): Self.base64(value)
        case .array, .map: json
        }
    }

    private var json: String {
        switch self {
        case .null: "null"
        case .bool, .int: description
        case .double(let value): value.isFinite ? Self.text(of: value) : "\"\(Self.text(of: value))\""
        case .string(let value): Self.quoted(value)
        case .bytes(let value): "\"\(Self.base64(value))\""
        case .array(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
        case .map(let entries):
            "{" + entries.map { Self.quoted($0.key) + ":" + $0.value.json }.joined(separator: ",") + "}"
        }
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let chunk = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in chunk { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - chunk.count))
            for position in 0..<4 {
                let isPadding = position > chunk.count
                result.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * position)) & 63])
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
