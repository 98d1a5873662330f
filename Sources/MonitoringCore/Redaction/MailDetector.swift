/// Finds e-mail addresses.
enum MailDetector {
    /// The address around the `@` at `at`.
    static func match(_ bytes: Span<UInt8>, _ at: Int, floor: Int, removed: [[UInt8]]) -> Range<Int>? {
        var start = bytes.startOfRun(before: at, floor: floor, limit: 64, isLocal)
        // A letter of an escape, as in `\nmail@…`, and marks that only look like the beginning.
        if bytes.byte(start - 1) == UInt8(ascii: "\\"), "nrt".utf8.contains(bytes.byte(start)) { start += 1 }
        while start < at, !isFirst(bytes[start]) { start += 1 }
        guard start < at, let end = endOfDomain(bytes, at + 1) else { return nil }
        let isKnown = removed.contains { $0.count == at - start && bytes.has($0, at: start) }
        return isKnown || bytes.equalsIgnoringCase("git", start..<at) ? nil : start..<end
    }

    /// Letters of scripts that are written with spaces belong to names too; others, such as Japanese, surround an address.
    private static func isLocal(_ byte: UInt8) -> Bool {
        ByteClass.isDottedToken(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "%")
            || byte == UInt8(ascii: "'") || (byte >= 0x80 && byte <= 0xD4)
    }

    private static func isFirst(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || (byte >= 0xC3 && byte <= 0xD4)
    }

    /// Where the domain that begins at `start` ends: two labels at least, the last of letters alone.
    private static func endOfDomain(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
        var end: Int?
        var label = start
        var labels = 0
        while label - start < 255 {
            let next = bytes.endOfRun(from: label, limit: 64) {
                ByteClass.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || ($0 >= 0x80 && $0 <= 0xD4)
            }
            guard next > label else { break }
            labels += 1
            if labels > 1, isTopLevel(bytes, label..<next) { end = next }
            guard bytes.byte(next) == UInt8(ascii: ".") else { break }
            label = next + 1
        }
        guard let end else { return nil }
        let after = bytes.byte(end)
        if after == UInt8(ascii: "_") || after == UInt8(ascii: "(") || after == UInt8(ascii: "@") { return nil }
        return isScaledImage(bytes, start, end) ? nil : end
    }

    private static func isTopLevel(_ bytes: Span<UInt8>, _ label: Range<Int>) -> Bool {
        if label.count >= 5, bytes.hasIgnoringCase("xn--", at: label.lowerBound) { return true }
        return label.count >= 2 && label.count <= 24 && bytes.allSatisfy(label, ByteClass.isLetter)
    }

    /// Whether it is the name of an image, such as `icon@2x.png`.
    private static func isScaledImage(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        ByteClass.isDigit(bytes[start]) && bytes.byte(start + 1) == UInt8(ascii: "x")
            && bytes.byte(start + 2) == UInt8(ascii: ".")
    }
}
