extension ScratchWriter {
    /// The text as the contents of a JSON string: quotation marks, backslashes and control characters escaped, everything
    /// else as it is.
    @inline(__always)
    mutating func write(escaping text: String) {
        let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe write(escaping: $0) }
        if isDone == nil { writeBridged(text) }
    }

    /// Text that does not lie in memory as UTF-8, such as one bridged from Objective-C.
    @inline(never)
    private mutating func writeBridged(_ text: String) {
        var text = text
        text.withUTF8 { unsafe write(escaping: $0) }
    }

    /// Copies and looks for what to escape in one pass, eight bytes at a time.
    mutating func write(escaping text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        var position = 0
        var escaped: UInt8?
        repeat {
            escaped = nil
            unsafe withRoom(for: text.count - position) { target in
                let start = position
                while position < text.count {
                    let length = min(text.count - position, 8)
                    let word = unsafe Self.word(source, at: position, of: text.count)
                    unsafe Self.store(word, at: target + (position - start))
                    let found = Self.escapes(in: word)
                    guard found == 0 else {
                        position += found.trailingZeroBitCount / 8
                        unsafe escaped = source[position]
                        break
                    }
                    position += length
                }
                return position - start
            }
            guard let byte = escaped, !isOverflown else { return }
            write(escape: byte)
            position += 1
        } while position < text.count
    }

    private mutating func write(escape byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): write(#"\""#)
        case UInt8(ascii: "\\"): write(#"\\"#)
        case UInt8(ascii: "\n"): write(#"\n"#)
        case UInt8(ascii: "\r"): write(#"\r"#)
        case UInt8(ascii: "\t"): write(#"\t"#)
        default:
            write(#"\u00"#)
            write(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            write(byte & 15 < 10 ? UInt8(ascii: "0") + byte & 15 : UInt8(ascii: "a") - 10 + byte & 15)
        }
    }

    /// Eight bytes from `position` on, the first in the lowest place; spaces stand for those beyond the end.
    @inline(__always)
    private static func word(_ source: UnsafePointer<UInt8>, at position: Int, of count: Int) -> UInt64 {
        let length = count - position
        if length >= 8 { return unsafe load(source + position) }
        var word: UInt64
        if count >= 8 {
            word = unsafe load(source + (count - 8)) >> UInt64(8 * (8 - length))
        } else {
            word = 0
            for offset in 0..<length { unsafe word |= UInt64(source[position + offset]) << UInt64(8 * offset) }
        }
        return word | 0x2020_2020_2020_2020 << UInt64(8 * length)
    }

    @inline(__always)
    private static func load(_ source: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: unsafe UnsafeRawPointer(source).loadUnaligned(as: UInt64.self))
    }

    @inline(__always)
    static func store(_ word: UInt64, at target: UnsafeMutablePointer<UInt8>) {
        unsafe UnsafeMutableRawPointer(target).storeBytes(of: word.littleEndian, as: UInt64.self)
    }

    /// The highest bit of every byte up to the first that must be escaped is right; none is set when there is none.
    @inline(__always)
    private static func escapes(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let isQuote = (quotes &- ones) & ~quotes
        let isBackslash = (backslashes &- ones) & ~backslashes
        let isControl = (word &- ones &* 0x20) & ~word
        return (isQuote | isBackslash | isControl) & 0x8080_8080_8080_8080
    }
}
