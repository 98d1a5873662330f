import MonitoringCore

extension SeededGenerator {
    /// Text of all kinds of characters, those that must be escaped more often than others.
    mutating func text(upTo length: Int) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...length, using: &self) {
            let value: UInt32 =
                switch Int.random(in: 0..<10, using: &self) {
                case 0: .random(in: 0..<0x20, using: &self)
                case 1: [0x22, 0x5c, 0x2f, 0x7f].randomElement(using: &self) ?? 0
                case 2: .random(in: 0x80..<0x800, using: &self)
                case 3: .random(in: 0x800..<0x11_0000, using: &self)
                default: .random(in: 0x20..<0x7f, using: &self)
                }
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    mutating func value(depth: Int) -> Monitor.Value {
        switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &self) {
        case 0: .null
        case 1: .bool(.random(using: &self))
        case 2: .int(Int64(truncatingIfNeeded: next()) >> Int64.random(in: 0..<64, using: &self))
        case 3: .double(Double(bitPattern: next()))
        case 4: .string(text(upTo: 40))
        case 5: .bytes((0..<Int.random(in: 0...20, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) })
        case 6: .array((0..<Int.random(in: 0...3, using: &self)).map { _ in value(depth: depth + 1) })
        default:
            .map((0..<Int.random(in: 0...3, using: &self)).map { Monitor.KeyValue("\($0)", value(depth: depth + 1)) })
        }
    }
}
