/// Reads requests of HTTP/1 from bytes as they come, with limits on everything.
///
/// It takes no byte beyond the request's end: what is left in the slice is the next request's. However the bytes are
/// split, the same comes out. Bytes are untrusted: nothing here traps. Line breaks are CR LF and nothing else, headers
/// are never folded, and of two ways to read a length neither is taken: two servers must not disagree on where a request
/// ends.
package struct RequestParser {
    /// How far a request has come.
    package enum Progress: Hashable {
        /// All bytes were taken, and there must be more.
        case needsMore
        /// The head has just been read. Told once; a body may follow.
        case headEnded
        /// The request is complete.
        case complete
    }

    private enum Expectation {
        case requestLine
        case header
        case body(remaining: Int)
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailer
        case nothing
    }

    /// The longest line that says the size of a chunk, in bytes.
    private static let chunkLineBytes = 256
    private static let methodBytes = 32

    private let limits: EndpointServer.Limits
    private var expectation = Expectation.requestLine
    private var line: [UInt8] = []
    private var sectionBytes = 0
    private var fieldCount = 0
    private var skippedEmptyLine = false
    /// The head, as far as it was read.
    package private(set) var head = RequestHead()
    /// The body, as far as it was read, without its chunks' frames.
    package private(set) var body: [UInt8] = []

    /// Makes a parser for one request.
    package init(limits: EndpointServer.Limits) { self.limits = limits }

    /// Whether a byte of the request came.
    package var hasBegun: Bool {
        if case .requestLine = expectation { return !line.isEmpty || skippedEmptyLine }
        return true
    }

    /// Whether nothing more belongs to the request.
    package var isComplete: Bool { if case .nothing = expectation { true } else { false } }

    /// Takes the next bytes of the request.
    ///
    /// - Parameter bytes: What was received; the bytes that were taken are removed.
    /// - Returns: How far the request has come.
    /// - Throws: Why it cannot be served. Where the next request begins is then not known.
    package mutating func consume(_ bytes: inout ArraySlice<UInt8>) throws(RequestFailure) -> Progress {
        while true {
            switch expectation {
            case .nothing: return .complete
            case .body(let remaining):
                guard let left = take(remaining, from: &bytes) else { return .needsMore }
                expectation = left == 0 ? .nothing : .body(remaining: left)
            case .chunk(let remaining):
                guard let left = take(remaining, from: &bytes) else { return .needsMore }
                expectation = left == 0 ? .chunkEnd : .chunk(remaining: left)
            case .requestLine, .header, .chunkSize, .chunkEnd, .trailer:
                guard let line = try nextLine(&bytes) else { return .needsMore }
                if try lineEnded(line) { return .headEnded }
            }
        }
    }

    /// Takes body bytes; `nil` when there are none.
    private mutating func take(_ remaining: Int, from bytes: inout ArraySlice<UInt8>) -> Int? {
        guard !bytes.isEmpty else { return nil }
        let count = min(remaining, bytes.count)
        body += bytes.prefix(count)
        bytes = bytes.dropFirst(count)
        return remaining - count
    }
}

extension RequestParser {
    /// The next line without its break; `nil` when its end has not come.
    private mutating func nextLine(_ bytes: inout ArraySlice<UInt8>) throws(RequestFailure) -> ArraySlice<UInt8>? {
        guard let first = bytes.first else { return nil }
        if line.isEmpty, case .requestLine = expectation, !first.isToken, first != UInt8(ascii: "\r") {
            // Another protocol's first byte: no line break need ever come.
            throw .requestLine
        }
        let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        let piece = bytes[..<(end ?? bytes.endIndex)]
        try checkLimit(line.count + piece.count + (end == nil ? 0 : 1))
        bytes = bytes[(end.map { $0 + 1 } ?? bytes.endIndex)...]
        guard end != nil else {
            line += piece
            return nil
        }
        var whole = piece
        if !line.isEmpty {
            whole = (line + piece)[...]
            line = []
        }
        sectionBytes += whole.count + 1
        guard whole.popLast() == UInt8(ascii: "\r"), !whole.contains(UInt8(ascii: "\r")) else { throw .lineBreak }
        return whole
    }

    private func checkLimit(_ count: Int) throws(RequestFailure) {
        switch expectation {
        case .requestLine:
            if sectionBytes + count > max(1, limits.requestLineBytes) { throw .lineTooLong }
        case .header, .trailer:
            if sectionBytes + count > max(1, limits.headerBytes) { throw .headersTooLarge }
        case .chunkSize:
            if count > Self.chunkLineBytes { throw .chunk }
        case .chunkEnd:
            if count > 2 { throw .chunk }
        case .body, .chunk, .nothing: break
        }
    }

    /// Reads a line.
    ///
    /// - Returns: Whether it ended the head.
    private mutating func lineEnded(_ line: ArraySlice<UInt8>) throws(RequestFailure) -> Bool {
        switch expectation {
        case .requestLine where line.isEmpty:
            // RFC 9112, 2.2: old clients send an empty line after a body.
            guard !skippedEmptyLine else { throw .requestLine }
            skippedEmptyLine = true
        case .requestLine:
            try readRequestLine(line)
            begin(.header)
        case .header where line.isEmpty:
            try headEnded()
            return true
        case .header: head.fields.append(try readField(line))
        case .chunkSize: try readChunkSize(line)
        case .chunkEnd:
            guard line.isEmpty else { throw .chunk }
            begin(.chunkSize)
        case .trailer where line.isEmpty: expectation = .nothing
        case .trailer: _ = try readField(line)
        case .body, .chunk, .nothing: break
        }
        return false
    }

    private mutating func begin(_ next: Expectation) {
        expectation = next
        sectionBytes = 0
        fieldCount = 0
    }

    // method SP request-target SP HTTP/d.d
    private mutating func readRequestLine(_ line: ArraySlice<UInt8>) throws(RequestFailure) {
        let parts = line.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .requestLine }
        let (method, target, version) = (parts[0], parts[1], Array(parts[2]))
        guard !method.isEmpty, method.count <= Self.methodBytes, method.allSatisfy(\.isToken) else {
            throw .requestLine
        }
        guard version.count == 8, version.starts(with: "HTTP/".utf8), version[5].isDecimalDigit,
            version[6] == UInt8(ascii: "."), version[7].isDecimalDigit
        else { throw .requestLine }
        guard version[5] == UInt8(ascii: "1") else { throw .version }
        head.method = String(decoding: method, as: UTF8.self)
        head.minorVersion = version[7] == UInt8(ascii: "0") ? 0 : 1
        head.target = try RequestTarget(target)
    }

    // field-name ":" OWS field-value OWS
    private mutating func readField(_ line: ArraySlice<UInt8>) throws(RequestFailure) -> (name: String, value: String) {
        fieldCount += 1
        guard fieldCount <= max(1, limits.headerCount) else { throw .tooManyHeaders }
        guard line.first?.isBlank == false else { throw .foldedHeader }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw .header }
        let name = line[..<colon]
        let value = line[(colon + 1)...].withoutBlanks
        guard !name.isEmpty, name.allSatisfy(\.isToken), value.allSatisfy(\.isFieldContent) else { throw .header }
        return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }

    private mutating func headEnded() throws(RequestFailure) {
        try head.interpret(bodyLimit: max(0, limits.bodyBytes))
        switch head.length {
        case .known(0): begin(.nothing)
        case .known(let count): begin(.body(remaining: count))
        case .chunked: begin(.chunkSize)
        }
    }

    // chunk-size [chunk-ext]
    private mutating func readChunkSize(_ line: ArraySlice<UInt8>) throws(RequestFailure) {
        let digits = line.prefix { $0.hexadecimalValue != nil }
        guard (1...16).contains(digits.count) else { throw .chunk }
        let rest = line[digits.endIndex...].drop(while: \.isBlank)
        guard rest.isEmpty || rest.first == UInt8(ascii: ";"), rest.allSatisfy(\.isFieldContent) else { throw .chunk }
        let size = digits.reduce(UInt64(0)) { $0 << 4 | UInt64($1.hexadecimalValue ?? 0) }
        guard size <= UInt64(max(0, limits.bodyBytes - body.count)) else { throw .bodyTooLarge }
        begin(size == 0 ? .trailer : .chunk(remaining: Int(size)))
    }
}
