/// Reading UTF-8 text byte by byte; positions outside of the text read as a NUL, which belongs to no token.
extension Span where Element == UInt8 {
    @inline(__always)
    func byte(_ index: Int) -> UInt8 {
        index >= 0 && index < count ? self[index] : 0
    }

    /// Whether `text` stands at `index`.
    func has(_ text: String, at index: Int) -> Bool {
        var position = index
        guard index >= 0, index + text.utf8.count <= count else { return false }
        for byte in text.utf8 {
            guard self[position] == byte else { return false }
            position += 1
        }
        return true
    }

    /// Whether `text`, which is in lower case, stands at `index` in any case.
    func hasIgnoringCase(_ text: String, at index: Int) -> Bool {
        var position = index
        guard index >= 0, index + text.utf8.count <= count else { return false }
        for byte in text.utf8 {
            guard ByteClass.lowercased(self[position]) == byte else { return false }
            position += 1
        }
        return true
    }

    /// Whether `bytes` stand at `index`.
    func has(_ bytes: [UInt8], at index: Int) -> Bool {
        guard index >= 0, index + bytes.count <= count else { return false }
        for offset in bytes.indices where self[index + offset] != bytes[offset] { return false }
        return true
    }

    /// Whether the bytes of `range` are `text`, which is in lower case, in any case.
    func equalsIgnoringCase(_ text: String, _ range: Range<Int>) -> Bool {
        range.count == text.utf8.count && hasIgnoringCase(text, at: range.lowerBound)
    }

    /// Where the run of fitting bytes that begins at `start` ends, at most `limit` bytes on.
    @inline(__always)
    func endOfRun(from start: Int, limit: Int = .max, _ fits: (UInt8) -> Bool) -> Int {
        let bound = limit < count - start ? start + limit : count
        var index = start
        while index < bound, fits(self[index]) { index += 1 }
        return index
    }

    /// Where the run of fitting bytes that ends before `end` begins, at most `limit` bytes back and not before `floor`.
    @inline(__always)
    func startOfRun(before end: Int, floor: Int, limit: Int, _ fits: (UInt8) -> Bool) -> Int {
        let bound = Swift.max(floor, end - limit)
        var index = end
        while index > bound, fits(self[index - 1]) { index -= 1 }
        return index
    }

    func allSatisfy(_ range: Range<Int>, _ fits: (UInt8) -> Bool) -> Bool {
        for index in range where !fits(self[index]) { return false }
        return true
    }

    func contains(_ range: Range<Int>, where fits: (UInt8) -> Bool) -> Bool {
        for index in range where fits(self[index]) { return true }
        return false
    }

    /// Whether a token can begin at `index`: no letter, digit, `_` or `-` stands before it, save as the end of an escape
    /// (`\n`, `%20`).
    func isTokenStart(_ index: Int) -> Bool {
        guard index > 0 else { return true }
        let previous = self[index - 1]
        guard ByteClass.isToken(previous) else { return true }
        switch previous {
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            if byte(index - 2) == UInt8(ascii: "\\") { return true }
        default: break
        }
        return byte(index - 3) == UInt8(ascii: "%") && ByteClass.isHex(byte(index - 2)) && ByteClass.isHex(previous)
    }

    /// The nearest start of a scalar at or before `index`.
    func scalarBoundary(atOrBefore index: Int) -> Int {
        guard index < count else { return count }
        var position = index
        while position > 0, self[position] & 0xC0 == 0x80 { position -= 1 }
        return position
    }

    /// Appends the bytes of `range`.
    func copy(_ range: Range<Int>, to output: inout [UInt8]) {
        unsafe extracting(range).withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }
}

extension String {
    /// Calls `body` with the text's UTF-8, which is copied only when it is stored otherwise.
    @inline(__always)
    func withBytes<R>(_ body: (Span<UInt8>) -> R) -> R {
        let result = unsafe utf8.withContiguousStorageIfAvailable { unsafe body($0.span) }
        return result ?? Array(utf8).withBytes(body)
    }
}

extension Array where Element == UInt8 {
    @inline(__always)
    func withBytes<R>(_ body: (Span<UInt8>) -> R) -> R {
        unsafe withUnsafeBufferPointer { unsafe body($0.span) }
    }
}
