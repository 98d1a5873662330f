/// Reads the numbers out of the bodies of requests without parsing them.
enum SpanNames {
    private static let name = ByteSearch(#""name":"p"#)
    private static let process = ByteSearch(#"{"key":"crash.process","value":{"stringValue":""#)

    private static let interrupted = ByteSearch("monitoring.interrupted")

    /// A span, as far as it matters.
    struct Span {
        let source: Tally.Source
        let number: Int
        /// Whether it is told of an operation that had not ended.
        var isInterrupted = false
    }

    /// The spans by their names, `p<process>t<thread>n<number>`.
    static func spans(in body: ArraySlice<UInt8>) -> [Span] {
        var spans: [Span] = []
        var rest = body
        while let start = name.first(in: rest) {
            rest = rest[(start + name.count)...]
            guard let process = number(&rest, "t"), let thread = number(&rest, "n"), let number = number(&rest, "\"")
            else { continue }
            // Attributes stand behind the name, and before that of the next span.
            let isInterrupted = interrupted.first(in: rest[..<(name.first(in: rest) ?? rest.endIndex)]) != nil
            spans.append(
                Span(
                    source: Tally.Source(process: process, thread: thread), number: number,
                    isInterrupted: isInterrupted))
        }
        return spans
    }

    /// The process that stands in the resource.
    static func resource(in body: ArraySlice<UInt8>) -> Int? {
        guard let start = process.first(in: body) else { return nil }
        var rest = body[(start + process.count)...]
        return number(&rest, "\"")
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>, _ end: Unicode.Scalar) -> Int? {
        var value = 0
        var digits = 0
        while let byte = bytes.first, byte >= 0x30, byte <= 0x39, digits < 15 {
            value = value * 10 + Int(byte - 0x30)
            digits += 1
            bytes = bytes.dropFirst()
        }
        guard digits > 0, bytes.first == UInt8(ascii: end) else { return nil }
        bytes = bytes.dropFirst()
        return value
    }
}

/// Finds a text in bytes, by Horspool's method.
struct ByteSearch {
    private let mark: [UInt8]
    private let skips: [Int]

    init(_ text: String) {
        mark = Array(text.utf8)
        var skips = [Int](repeating: mark.count, count: 256)
        for (index, byte) in mark.dropLast().enumerated() { skips[Int(byte)] = mark.count - 1 - index }
        self.skips = skips
    }

    var count: Int { mark.count }

    /// Where the text begins, from the bytes' start on.
    func first(in bytes: ArraySlice<UInt8>) -> Int? {
        guard let last = mark.last else { return nil }
        var end = bytes.startIndex + mark.count - 1
        while end < bytes.endIndex {
            let byte = bytes[end]
            if byte == last, bytes[(end - mark.count + 1)...end].elementsEqual(mark) { return end - mark.count + 1 }
            end += skips[Int(byte)]
        }
        return nil
    }
}
