/// Bytes that grow at their end, and the ways in which numbers are written there.
struct ExpositionBuffer {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    var count: Int { bytes.count }

    mutating func write(_ byte: UInt8) { bytes.append(byte) }

    mutating func write(_ text: String) { unsafe text.withUTF8Bytes { unsafe bytes.append(contentsOf: $0) } }

    mutating func write(_ text: borrowing LabelText) { unsafe text.withBytes { unsafe bytes.append(contentsOf: $0) } }

    mutating func write(_ number: NumberSeries.Number) {
        switch number {
        case .whole(let whole): write(whole)
        case .real(let real): write(GoNumber.text(real))
        }
    }

    mutating func write(_ number: Int64) {
        if number < 0 { write(UInt8(ascii: "-")) }
        write(number.magnitude)
    }

    mutating func write(_ number: UInt64) {
        guard number >= 10 else { return write(UInt8(ascii: "0") + UInt8(number)) }
        let digits = 20
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: digits) { buffer in
            var (rest, start) = (number, digits)
            while rest > 0 {
                start -= 1
                unsafe buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            unsafe bytes.append(contentsOf: buffer[start...])
        }
    }
}
