/// Reads one HTTP/1 answer from bytes as they come, with limits on everything.
///
/// Interim answers (1xx) are skipped, trailers are read and dropped. Bytes are untrusted: nothing here traps.
struct HTTPResponseParser {
    /// Why the bytes are no answer.
    enum Failure: Error, Hashable {
        case notHTTP
        case http2
        case tooLarge
        case closed
    }

    private enum Expectation {
        case statusLine
        case header
        case body(remaining: Int)
        case bodyUntilClose
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailer
        case nothing
    }

    /// The longest head, chunk lines or trailers, in bytes.
    static let headLimit = 64 * 1024

    private let bodyLimit: Int
    private var expectation = Expectation.statusLine
    private var line: [UInt8] = []
    private var lineBytes = 0
    private var contentLength: Int?
    private var isChunked = false
    private var closes = false
    private(set) var response = OutgoingResponse(status: 0)

    /// Makes a parser for one answer.
    ///
    /// - Parameter bodyLimit: The longest body, in bytes.
    init(bodyLimit: Int) { self.bodyLimit = bodyLimit }

    /// Whether the answer is complete.
    var isComplete: Bool { if case .nothing = expectation { true } else { false } }

    /// Whether the connection can carry another request after this answer.
    var leavesConnectionOpen: Bool { isComplete && !closes }

    /// Takes the next bytes.
    ///
    /// Those after the answer's end make the connection unusable, and are dropped.
    ///
    /// - Parameter bytes: What was received.
    /// - Throws: Why this is no answer.
    mutating func consume(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            switch expectation {
            case .nothing:
                closes = true
                return
            case .body(let remaining):
                let taken = try take(min(remaining, rest.count), from: &rest)
                expectation = taken == remaining ? .nothing : .body(remaining: remaining - taken)
            case .chunk(let remaining):
                let taken = try take(min(remaining, rest.count), from: &rest)
                expectation = taken == remaining ? .chunkEnd : .chunk(remaining: remaining - taken)
            case .bodyUntilClose:
                try take(rest.count, from: &rest)
            case .statusLine, .header, .chunkSize, .chunkEnd, .trailer:
                try consumeLine(from: &rest)
            }
        }
    }

    /// Says that no more bytes will come.
    ///
    /// - Throws: `.closed` when the answer is not complete, or what its first bytes look like instead of an answer.
    mutating func finish() throws(Failure) {
        switch expectation {
        case .nothing: break
        case .bodyUntilClose: expectation = .nothing
        case .statusLine where !line.isEmpty: throw Self.looksLikeHTTP2(line) ? .http2 : .notHTTP
        default: throw .closed
        }
        closes = true
    }

    @discardableResult
    private mutating func take(_ count: Int, from rest: inout ArraySlice<UInt8>) throws(Failure) -> Int {
        guard count <= bodyLimit - response.body.count else { throw .tooLarge }
        response.body += rest.prefix(count)
        rest = rest.dropFirst(count)
        return count
    }

    private mutating func consumeLine(from rest: inout ArraySlice<UInt8>) throws(Failure) {
        let end = rest.firstIndex(of: UInt8(ascii: "\n"))
        let piece = rest[..<(end ?? rest.endIndex)]
        lineBytes += piece.count + 1
        guard lineBytes <= Self.headLimit else { throw .tooLarge }
        line += piece
        rest = rest[piece.endIndex...]
        if case .statusLine = expectation { try checkBeginning() }
        guard end != nil else { return }
        rest = rest.dropFirst()
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        try lineEnded()
        line.removeAll(keepingCapacity: true)
    }

    /// Fails early on what cannot become a status line, so that a peer with another protocol is known at once.
    private func checkBeginning() throws(Failure) {
        let expected = Array("HTTP/1.".utf8)
        guard !zip(line, expected).allSatisfy({ $0 == $1 }) else { return }
        if line.first == 0, line.count < 9 { return }
        throw Self.looksLikeHTTP2(line) ? .http2 : .notHTTP
    }

    /// Whether bytes begin with a SETTINGS or GOAWAY frame on stream 0, or name the version.
    private static func looksLikeHTTP2(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: "HTTP/2".utf8) { return true }
        return bytes.count >= 9 && bytes[0] == 0 && (bytes[3] == 4 || bytes[3] == 7) && bytes[5...8] == [0, 0, 0, 0]
    }

    private mutating func lineEnded() throws(Failure) {
        switch expectation {
        case .statusLine: try readStatusLine()
        case .header: if line.isEmpty { try headEnded() } else { try readHeader() }
        case .chunkSize: try readChunkSize()
        case .chunkEnd:
            guard line.isEmpty else { throw .notHTTP }
            lineBytes = 0
            expectation = .chunkSize
        case .trailer: if line.isEmpty { expectation = .nothing }
        case .body, .bodyUntilClose, .chunk, .nothing: break
        }
    }

    // HTTP/1.x SP 3DIGIT [SP reason]
    private mutating func readStatusLine() throws(Failure) {
        guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line[7].isDigit, line[8] == UInt8(ascii: " "),
            line[9...11].allSatisfy(\.isDigit), line.count == 12 || line[12] == UInt8(ascii: " ")
        else { throw .notHTTP }
        response.status = line[9...11].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        guard response.status >= 100 else { throw .notHTTP }
        closes = line[7] == UInt8(ascii: "0")
        expectation = .header
    }

    private mutating func readHeader() throws(Failure) {
        // A line without a colon, or one that goes on from the line before, says nothing that is needed.
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0, line[0] != 0x20, line[0] != 0x09 else {
            return
        }
        let field = HeaderField(
            name: String(decoding: line[..<colon], as: UTF8.self),
            checkedValue: String(decoding: line[(colon + 1)...].trimmed, as: UTF8.self)
        )
        response.headers.append(field)
        if field.hasName("content-length") {
            guard !field.value.isEmpty, field.value.utf8.allSatisfy(\.isDigit) else { throw .notHTTP }
            guard let length = Int(field.value) else { throw .tooLarge }
            guard contentLength == nil || contentLength == length else { throw .notHTTP }
            contentLength = length
        } else if field.hasName("transfer-encoding") {
            isChunked = field.value.lowercased().hasSuffix("chunked")
        } else if field.hasName("connection") {
            let options = field.value.lowercased().split(separator: ",").map { $0.utf8.trimmed }
            if options.contains(where: { $0.elementsEqual("close".utf8) }) { closes = true }
            if options.contains(where: { $0.elementsEqual("keep-alive".utf8) }) { closes = false }
        }
    }

    private mutating func headEnded() throws(Failure) {
        lineBytes = 0
        if response.status < 200 {
            // Nothing asked for a switch of protocols.
            guard response.status != 101 else { throw .notHTTP }
            response = OutgoingResponse(status: 0)
            (contentLength, isChunked, expectation) = (nil, false, .statusLine)
        } else if response.status == 204 || response.status == 304 {
            expectation = .nothing
        } else if isChunked {
            // Two lengths: the peer cannot be trusted with another request on this connection.
            if contentLength != nil { closes = true }
            expectation = .chunkSize
        } else if let contentLength {
            guard contentLength <= bodyLimit else { throw .tooLarge }
            expectation = contentLength == 0 ? .nothing : .body(remaining: contentLength)
        } else {
            closes = true
            expectation = .bodyUntilClose
        }
    }

    private mutating func readChunkSize() throws(Failure) {
        let digits = line.prefix { $0 != UInt8(ascii: ";") }.trimmed
        guard let text = String(validating: digits, as: UTF8.self), let first = digits.first, first != 0x2b,
            first != 0x2d
        else { throw .notHTTP }
        guard let size = Int(text, radix: 16) else {
            throw digits.allSatisfy { Character(UnicodeScalar($0)).isHexDigit } ? .tooLarge : .notHTTP
        }
        guard size <= bodyLimit - response.body.count else { throw .tooLarge }
        lineBytes = 0
        expectation = size == 0 ? .trailer : .chunk(remaining: size)
    }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes without blanks and tabs around them.
    var trimmed: SubSequence {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        guard let last = lastIndex(where: { !isBlank($0) }), let first = firstIndex(where: { !isBlank($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}
