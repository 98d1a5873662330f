/// The labels of one series as the text format writes them between its braces: `agent="planner",status="success"`.
///
/// Rendered once, when the series is made; the series is found by comparing values with it, so that they need not be
/// kept a second time.
@usableFromInline
@safe struct LabelText: ~Copyable, @unchecked Sendable {
    // Sendable though a pointer: the bytes are written before the value is made and not changed until it is gone.
    fileprivate let bytes: UnsafeMutableBufferPointer<UInt8>

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
    /// Reads the values one after the other, to compare them with others.
    @unsafe struct Reader {
        private let text: UnsafeRawBufferPointer
        private var position = 0

        @inline(__always)
        init(_ text: borrowing LabelText) { unsafe self.text = UnsafeRawBufferPointer(text.bytes) }

        /// Whether a value comes next, after so many bytes, and then a quote.
        ///
        /// Values are compared as they come: one that needs an escape is never the same.
        @inline(__always)
        mutating func has(_ value: String, after prefix: Int) -> Bool {
            let count = value.utf8.count
            let start = unsafe position &+ prefix
            let end = start &+ count
            unsafe position = end &+ 1
            guard unsafe end < text.count, unsafe text[end] == UInt8(ascii: "\"") else { return false }
            return unsafe value.withUTF8Bytes { unsafe isSame(UnsafeRawBufferPointer($0), at: start) }
        }

        @inline(__always)
        private func isSame(_ value: UnsafeRawBufferPointer, at start: Int) -> Bool {
            let count = value.count
            guard count >= 8 else {
                for index in 0..<count where unsafe text[start &+ index] != value[index] { return false }
                return true
            }
            var index = 0
            while index &+ 8 < count {
                guard unsafe hasSameWord(value, index, at: start) else { return false }
                index &+= 8
            }
            return unsafe hasSameWord(value, count &- 8, at: start)
        }

        @inline(__always)
        private func hasSameWord(_ value: UnsafeRawBufferPointer, _ offset: Int, at start: Int) -> Bool {
            unsafe text.loadUnaligned(fromByteOffset: start &+ offset, as: UInt64.self)
                == value.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }

        /// Whether all was read.
        @inline(__always) var isAtEnd: Bool { unsafe position == text.count }
    }
}

/// What stands around the values in the labels of a family.
struct LabelFrame: Sendable {
    /// How many bytes stand before each value, such as those of `,status="`.
    let prefixes: SIMD4<Int>

    init(names: [String]) {
        var prefixes = SIMD4<Int>(repeating: 0)
        for (index, name) in names.prefix(LabelValues.limit).enumerated() {
            prefixes[index] = name.utf8.count + (index == 0 ? 2 : 3)
        }
        self.prefixes = prefixes
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
