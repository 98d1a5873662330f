extension ScratchWriter {
    /// Standard base64 with padding.
    mutating func write(base64 bytes: [UInt8]) {
        unsafe withRoom(for: (bytes.count + 2) / 3 * 4) { target in
            var written = 0
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let left = min(bytes.count - start, 3)
                var bits = UInt32(bytes[start]) << 16
                if left > 1 { bits |= UInt32(bytes[start + 1]) << 8 }
                if left > 2 { bits |= UInt32(bytes[start + 2]) }
                for position in 0..<4 {
                    let isPadding = position > left
                    unsafe target[written] =
                        isPadding ? UInt8(ascii: "=") : Self.base64Digit(UInt8(bits >> UInt32(18 - 6 * position) & 63))
                    written += 1
                }
            }
            return written
        }
    }

    private static func base64Digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
