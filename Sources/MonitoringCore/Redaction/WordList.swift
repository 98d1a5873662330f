/// Where the words of a name stand.
///
/// Words end at separators and digits, where a capital follows a small letter, and before the last capital of several
/// (`APIKey` is `API`, `Key`). They are kept in place, as names are read on busy paths.
struct WordList {
    private var starts = SIMD64<UInt8>()
    private var ends = SIMD64<UInt8>()
    private(set) var count = 0
    /// The first word after the last dot.
    private(set) var head = 0

    /// Reads a name of at most 255 bytes; words beyond the 64th are left out.
    init(_ name: Span<UInt8>) {
        var start = -1
        for index in 0..<name.count {
            let byte = name[index]
            guard ByteClass.isLetter(byte) || byte >= 0x80 else {
                if start >= 0 { append(start, index) }
                start = -1
                if byte == UInt8(ascii: ".") { head = count }
                continue
            }
            if start < 0 {
                start = index
            } else if ByteClass.isUppercase(byte),
                !ByteClass.isUppercase(name[index - 1]) || Self.isSmall(name.byte(index + 1))
            {
                append(start, index)
                start = index
            }
        }
        if start >= 0 { append(start, name.count) }
        if head == count { head = 0 }
    }

    subscript(_ position: Int) -> Range<Int> { Int(starts[position])..<Int(ends[position]) }

    private mutating func append(_ start: Int, _ end: Int) {
        guard count < 64 else { return }
        starts[count] = UInt8(start)
        ends[count] = UInt8(end)
        count += 1
    }

    private static func isSmall(_ byte: UInt8) -> Bool { ByteClass.isLetter(byte) && !ByteClass.isUppercase(byte) }
}
