internal import MonitoringCore

/// OTLP's `KeyValue` and `AnyValue`.
extension ScratchWriter {
    /// How deep arrays and maps may lie in each other; deeper ones are replaced with the empty value.
    static var depthLimit: Int { 64 }

    /// `{"key":…,"value":…}`.
    @inline(__always)
    mutating func write(_ attribute: borrowing Monitor.Attribute) {
        write(#"{"key":""#)
        write(escaping: attribute.key.name)
        write(#"","value":"#)
        write(attribute.value, depth: 1)
        write(UInt8(ascii: "}"))
    }

    /// An entry of a map, or an attribute of a resource.
    mutating func write(_ entry: borrowing Monitor.KeyValue, depth: Int) {
        write(#"{"key":""#)
        write(escaping: entry.key)
        write(#"","value":"#)
        write(entry.value, depth: depth)
        write(UInt8(ascii: "}"))
    }

    /// A list of attributes, without its brackets.
    mutating func write(_ attributes: [Monitor.Attribute]) {
        for index in attributes.indices {
            if index > 0 { write(UInt8(ascii: ",")) }
            write(attributes[index])
        }
    }

    /// A value; a member of a `oneof` is written even when it is zero or empty.
    mutating func write(_ value: borrowing Monitor.Value, depth: Int) {
        switch value {
        case .string(let text):
            write(#"{"stringValue":""#)
            write(escaping: text)
            write(#""}"#)
        case .int(let number):
            write(#"{"intValue":""#)
            write(number)
            write(#""}"#)
        case .bool(let isTrue): write(isTrue ? #"{"boolValue":true}"# : #"{"boolValue":false}"#)
        case .double(let number):
            write(#"{"doubleValue":"#)
            write(number)
            write(UInt8(ascii: "}"))
        case .null: write("{}")
        case .bytes(let bytes):
            write(#"{"bytesValue":""#)
            write(base64: bytes)
            write(#""}"#)
        case .array(let values): write(values, depth: depth)
        case .map(let entries): write(entries, depth: depth)
        }
    }

    private mutating func write(_ values: [Monitor.Value], depth: Int) {
        guard depth <= Self.depthLimit else { return write("{}") }
        write(#"{"arrayValue":{"values":["#)
        for index in values.indices {
            if index > 0 { write(UInt8(ascii: ",")) }
            write(values[index], depth: depth + 1)
        }
        write("]}}")
    }

    /// Keys are unique in OTLP: of entries with the same one the last counts.
    private mutating func write(_ entries: [Monitor.KeyValue], depth: Int) {
        guard depth <= Self.depthLimit else { return write("{}") }
        write(#"{"kvlistValue":{"values":["#)
        let last = Dictionary(entries.indices.map { (entries[$0].key, $0) }, uniquingKeysWith: { $1 })
        var isFirst = true
        for index in entries.indices where last[entries[index].key] == index {
            if !isFirst { write(UInt8(ascii: ",")) }
            isFirst = false
            write(entries[index], depth: depth + 1)
        }
        write("]}}")
    }
}
