#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the header formats share: lists split at commas, optional white space (RFC 9110), names without case.
///
/// Everything works on bytes and never copies what it reads.
package enum HeaderText {
    /// Hands the UTF-8 of `text` to `body`, in place wherever the text is stored as UTF-8.
    static func withBytes<Result>(of text: some StringProtocol, _ body: (Span<UInt8>) -> Result) -> Result {
        let result = text.utf8.withContiguousStorageIfAvailable { unsafe body($0.span) }
        if let result { return result }
        return body(ContiguousArray(text.utf8).span)
    }

    /// A string of the bytes that `write` appends: one allocation, none for up to 15 bytes.
    ///
    /// - Parameters:
    ///   - capacity: At least as many bytes as `write` appends; appending more traps.
    ///   - write: Appends valid UTF-8.
    /// - Returns: What was written.
    static func string(capacity: Int, _ write: (inout OutputSpan<UInt8>) -> Void) -> String {
        unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
            var output = unsafe OutputSpan(buffer: buffer, initializedCount: 0)
            write(&output)
            return unsafe output.finalize(for: buffer)
        }
    }

    /// The text of `range`.
    static func string(of range: Range<Int>, in bytes: Span<UInt8>) -> String {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The length of all values of one header when they are joined by commas; `nil` above `limit`.
    ///
    /// The first look at anything received: it stops at the limit, however much there is.
    static func joinedLength(of values: [String], limit: Int) -> Int? {
        var length = max(0, values.count - 1)
        for value in values {
            guard length <= limit else { return nil }
            length += value.utf8.count
        }
        return length <= limit ? length : nil
    }

    /// Space and tab, the only optional white space.
    static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// `range` without the white space at both ends.
    static func trimmed(_ range: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper, isSpace(bytes[lower]) { lower += 1 }
        while lower < upper, isSpace(bytes[upper - 1]) { upper -= 1 }
        return lower..<upper
    }

    /// Where `byte` stands first in `range`.
    static func firstIndex(of byte: UInt8, in range: Range<Int>, of bytes: Span<UInt8>) -> Int? {
        unsafe bytes.extracting(range).withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress, let place = unsafe memchr(start, Int32(byte), buffer.count) else {
                return nil
            }
            return unsafe range.lowerBound + (UnsafeRawPointer(place) - UnsafeRawPointer(start))
        }
    }

    /// The next piece of a list, without the white space around it, and possibly empty; `nil` behind the last.
    ///
    /// - Parameters:
    ///   - rest: What has not been read; moves behind the piece. Starts as the whole list.
    ///   - separator: What stands between pieces.
    ///   - bytes: The text.
    /// - Returns: The range of the piece.
    static func nextPiece(
        of rest: inout Range<Int>?,
        separator: UInt8 = UInt8(ascii: ","),
        in bytes: Span<UInt8>
    ) -> Range<Int>? {
        guard let range = rest else { return nil }
        guard let end = firstIndex(of: separator, in: range, of: bytes) else {
            rest = nil
            return trimmed(range, in: bytes)
        }
        rest = (end + 1)..<range.upperBound
        return trimmed(range.lowerBound..<end, in: bytes)
    }

    /// Where the member with `key` stands in a list of `key=…` members without white space.
    static func member(named key: Span<UInt8>, in bytes: Span<UInt8>) -> Range<Int>? {
        var rest: Range<Int>? = bytes.indices
        while let member = nextPiece(of: &rest, in: bytes) {
            guard member.count > key.count, bytes[member.lowerBound + key.count] == UInt8(ascii: "=") else { continue }
            if isEqual(key, bytes.extracting(member.lowerBound..<(member.lowerBound + key.count))) { return member }
        }
        return nil
    }

    /// Where the member with `key` stands in a list of `key=…` members without white space.
    static func member(named key: String, in list: String) -> Range<Int>? {
        withBytes(of: list) { bytes in withBytes(of: key) { member(named: $0, in: bytes) } }
    }

    /// What to cut out of a list so that `member` is gone, with the comma that joined it to another.
    static func cut(_ member: Range<Int>, ofLength length: Int) -> Range<Int> {
        member.lowerBound > 0
            ? (member.lowerBound - 1)..<member.upperBound : 0..<min(member.upperBound + 1, length)
    }

    /// `list` without one of its members.
    static func removing(_ member: Range<Int>, from list: String) -> String {
        withBytes(of: list) { bytes in
            let gap = cut(member, ofLength: bytes.count)
            return string(capacity: bytes.count - gap.count) { output in
                append(0..<gap.lowerBound, of: bytes, to: &output)
                append(gap.upperBound..<bytes.count, of: bytes, to: &output)
            }
        }
    }

    /// Appends a piece of `bytes`.
    static func append(_ range: Range<Int>, of bytes: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
        for index in range { output.append(bytes[index]) }
    }

    /// Appends `text`.
    static func append(_ text: String, to output: inout OutputSpan<UInt8>) {
        for byte in text.utf8 { output.append(byte) }
    }

    /// True when both hold the same bytes.
    static func isEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }

    /// True when two header names are the same: ASCII letters match in either case.
    package static func isSameName(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return withBytes(of: left) { left in
            withBytes(of: right) { right in
                for index in left.indices where lowercased(left[index]) != lowercased(right[index]) { return false }
                return true
            }
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}
