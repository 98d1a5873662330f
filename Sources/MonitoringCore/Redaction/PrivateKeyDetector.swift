/// Finds private keys in PEM blocks, those that lost their end included.
enum PrivateKeyDetector {
    /// How long a block may be.
    static let reach = 16 * 1024

    /// The block whose `-----BEGIN` has its `-BE` at `index`.
    static func match(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Range<Int>? {
        let start = index - 4
        guard start >= floor, bytes.has("-----BEGIN ", at: start) else { return nil }
        let label = bytes.endOfRun(from: start + 11, limit: 48) { ByteClass.isUppercaseOrDigit($0) || $0 == 0x20 }
        guard bytes.has("-----", at: label), namesPrivateKey(bytes, start + 11..<label) else { return nil }
        let bound = min(bytes.count, start + reach)
        var end = label + 5
        while end < bound {
            if bytes[end] == UInt8(ascii: "-"), bytes.has("-----END ", at: end) {
                let mark = bytes.endOfRun(from: end + 9, limit: 48) { ByteClass.isUppercaseOrDigit($0) || $0 == 0x20 }
                return start..<(bytes.has("-----", at: mark) ? mark + 5 : mark)
            }
            end += 1
        }
        return start..<endOfBody(bytes, label + 5)
    }

    private static func namesPrivateKey(_ bytes: Span<UInt8>, _ label: Range<Int>) -> Bool {
        for index in label where bytes.has("PRIVATE KEY", at: index) { return true }
        return false
    }

    /// Where the lines of Base64 end, line breaks being real or escaped.
    private static func endOfBody(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var end = start
        while true {
            let line = bytes.endOfRun(from: end) { ByteClass.isSpace($0) || $0 == UInt8(ascii: "\\") }
            let first = line > end && bytes.byte(line - 1) == UInt8(ascii: "\\") ? line + 1 : line
            let next = bytes.endOfRun(from: first, ByteClass.isBase64)
            let isPlainWord = next - first < 16 && next < bytes.count
            guard next > first, !isPlainWord else { return end }
            end = next
        }
    }
}
