/// The labels of one series as the text format writes them between its braces: `agent="planner",status="success"`.
///
/// Rendered once, when the series is made; the series is found by comparing values with it, so that they need not be
/// kept a second time.
@usableFromInline
@safe struct LabelText: ~Copyable, @unchecked Sendable {
    // Sendable though a pointer: the bytes are written before the value is made and not changed until it is gone.
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    /// Renders the labels.
    ///
    /// - Parameters:
    ///   - names: The labels' names, which are valid ones.
    ///   - values: As many values, escaped.
    init(names: [String], escaped values: LabelValues) {
        var count = 0
        for (index, name) in names.enumerated() { count += name.utf8.count + values[index].utf8.count + 4 }
        unsafe self.init(capacity: max(count - 1, 0)) { writer in
            for (index, name) in names.enumerated() {
                if index > 0 { unsafe writer.write(UInt8(ascii: ",")) }
                unsafe writer.write(name)
                unsafe writer.write("=\"")
                unsafe writer.write(values[index])
                unsafe writer.write(UInt8(ascii: "\""))
            }
        }
    }

    /// The labels of the series that stands for all that are too many.
    static var overflow: LabelText {
        LabelText(names: ["otel_metric_overflow"], escaped: LabelValues("true"))
    }

    private init(capacity: Int, _ write: (inout Writer) -> Void) {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
        var writer = unsafe Writer(buffer: buffer)
        unsafe write(&writer)
        unsafe bytes = buffer
    }

    deinit { unsafe bytes.deallocate() }

    /// How many bytes the text has.
    var count: Int { unsafe bytes.count }

    /// The text's bytes.
    func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R { unsafe body(UnsafeBufferPointer(bytes)) }

    /// Fills the buffer from its start and never beyond its end.
    @unsafe private struct Writer {
        let buffer: UnsafeMutableBufferPointer<UInt8>
        var position = 0

        mutating func write(_ byte: UInt8) {
            guard unsafe position < buffer.count else { return }
            unsafe buffer[position] = byte
            unsafe position += 1
        }

        mutating func write(_ text: String) {
            for byte in text.utf8 { unsafe write(byte) }
        }
    }
}

extension LabelText {
    /// Whether these are the labels' values.
    ///
    /// - Parameters:
    ///   - values: The values, each without anything that would need an escape.
    ///   - frame: What stands around them.
    /// - Returns: True when all are the same.
    @inline(__always)
    func hold(_ values: borrowing LabelValues, in frame: LabelFrame) -> Bool {
        guard count == values.byteCount &+ frame.byteCount else { return false }
        return unsafe withBytes { text in
            var position = 0
            return unsafe (values.count < 1 || Self.has(values.first, frame.prefixes.x, text, &position))
                && (values.count < 2 || Self.has(values.second, frame.prefixes.y, text, &position))
                && (values.count < 3 || Self.has(values.third, frame.prefixes.z, text, &position))
                && (values.count < 4 || Self.has(values.fourth, frame.prefixes.w, text, &position))
        }
    }

    /// Whether a value and a quote come next, after so many bytes.
    @inline(__always)
    private static func has(
        _ value: String,
        _ prefix: Int,
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int
    ) -> Bool {
        let start = position &+ prefix
        let end = start &+ value.utf8.count
        position = end &+ 1
        guard end < text.count, unsafe text[end] == UInt8(ascii: "\"") else { return false }
        return unsafe value.withUTF8Bytes { value in
            let (ours, theirs) = (UnsafeRawBufferPointer(text), UnsafeRawBufferPointer(value))
            var index = 0
            while index &+ 8 <= theirs.count {
                let word = unsafe theirs.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                guard unsafe ours.loadUnaligned(fromByteOffset: start &+ index, as: UInt64.self) == word else {
                    return false
                }
                index &+= 8
            }
            while index < theirs.count {
                guard unsafe ours[start &+ index] == theirs[index] else { return false }
                index &+= 1
            }
            return true
        }
    }
}

/// What stands around the values in the labels of a family, in numbers of bytes.
struct LabelFrame: Sendable {
    /// What stands before each value, such as `,status="`.
    let prefixes: SIMD4<Int>
    /// All of it, and the quotes after the values.
    let byteCount: Int

    init(names: [String]) {
        var prefixes = SIMD4<Int>(repeating: 0)
        for (index, name) in names.prefix(LabelValues.limit).enumerated() {
            prefixes[index] = name.utf8.count + (index == 0 ? 2 : 3)
        }
        self.prefixes = prefixes
        byteCount = prefixes.wrappedSum() + names.count
    }
}

extension LabelText {
    /// The labels with their values as they were before they were escaped.
    var pairs: [(name: String, value: String)] {
        unsafe withBytes { bytes in
            var pairs: [(name: String, value: String)] = []
            var rest = unsafe bytes[...]
            while let equals = unsafe rest.firstIndex(of: UInt8(ascii: "=")) {
                let name = unsafe String(decoding: rest[..<equals], as: UTF8.self)
                let value = unsafe rest[equals...].dropFirst(2)
                guard let end = unsafe Self.closingQuote(of: value) else { break }
                pairs.append((name, unsafe ExposedValue.unescaped(value[..<end])))
                unsafe rest = value[end...].dropFirst(2)
            }
            return pairs
        }
    }

    private static func closingQuote(of value: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var index = unsafe value.startIndex
        while unsafe index < value.endIndex {
            switch unsafe value[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""): return index
            default: index += 1
            }
        }
        return nil
    }
}
