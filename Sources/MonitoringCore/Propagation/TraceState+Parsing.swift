extension Monitor.TraceState {
    /// Above this many bytes a received list is not looked at: 32 of the longest members have 16 447.
    static let longestReceived = 32 * 1024

    /// Reads every value of the `tracestate` header, in order.
    ///
    /// White space around members and empty members are left out; of two members with one key the first counts. `nil`, so
    /// that nothing is carried along, when any member is malformed, when there are more than 32, or above 32 KiB.
    ///
    /// - Parameter values: The values of all headers of that name. None make an empty state.
    public init?(parsing values: [String]) {
        guard let length = HeaderText.joinedLength(of: values, limit: Self.longestReceived) else { return nil }
        var isValid = true
        var count = 0
        let text = HeaderText.string(capacity: length) { output in
            for value in values where isValid {
                isValid = HeaderText.withBytes(of: value) { Self.append($0, to: &output, count: &count) }
            }
        }
        guard isValid else { return nil }
        self.init(text: text)
    }

    private static func append(_ bytes: Span<UInt8>, to output: inout OutputSpan<UInt8>, count: inout Int) -> Bool {
        var rest: Range<Int>? = bytes.indices
        while let member = HeaderText.nextPiece(of: &rest, in: bytes) {
            if member.isEmpty { continue }
            count += 1
            guard count <= maximumCount,
                let equals = HeaderText.firstIndex(of: UInt8(ascii: "="), in: member, of: bytes),
                isKey(bytes.extracting(member.lowerBound..<equals)),
                isValue(bytes.extracting((equals + 1)..<member.upperBound))
            else { return false }
            let key = bytes.extracting(member.lowerBound..<equals)
            if HeaderText.member(named: key, in: output.span) != nil { continue }
            if !output.isEmpty { output.append(UInt8(ascii: ",")) }
            HeaderText.append(member, of: bytes, to: &output)
        }
        return true
    }

    static func isKey(_ text: String) -> Bool { HeaderText.withBytes(of: text) { isKey($0) } }

    static func isValue(_ text: String) -> Bool { HeaderText.withBytes(of: text) { isValue($0) } }

    private static func isKey(_ bytes: Span<UInt8>) -> Bool {
        guard 1...256 ~= bytes.count, isAlphanumeric(bytes[0]) else { return false }
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "@"): continue
            case let byte: guard isAlphanumeric(byte) else { return false }
            }
        }
        return true
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
    }

    private static func isValue(_ bytes: Span<UInt8>) -> Bool {
        guard 1...256 ~= bytes.count, bytes[bytes.count - 1] != UInt8(ascii: " ") else { return false }
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: ","), UInt8(ascii: "="): return false
            case UInt8(ascii: " ")...UInt8(ascii: "~"): continue
            default: return false
            }
        }
        return true
    }
}
