/// An answer as a strict client reads it.
struct TestResponse: Sendable {
    struct Malformed: Error {
        let text: String
    }

    var status = 0
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Reads one answer from bytes as they come.
    struct Reader {
        let isHead: Bool
        private var bytes: [UInt8] = []

        init(isHead: Bool) { self.isHead = isHead }

        /// The answer and what follows it, `nil` while it is not whole.
        ///
        /// No bytes mean the end.
        mutating func consume(_ more: [UInt8]) throws -> (TestResponse, rest: [UInt8])? {
            bytes += more
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
                if more.isEmpty { throw malformed }
                return nil
            }
            var response = TestResponse()
            let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            guard let first = lines.first, first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3))
            else { throw malformed }
            response.status = status
            response.headers = try lines.dropFirst().map { line in
                guard let colon = line.firstIndex(of: ":") else { throw malformed }
                return (String(line[..<colon]), String(line[colon...].dropFirst(2)))
            }
            let rest = bytes[end.upperBound...]
            if isHead || status < 200 || status == 204 || status == 304 { return (response, Array(rest)) }
            if response["Transfer-Encoding"] == "chunked" {
                guard let (body, after) = try Self.dechunked(rest) else {
                    if more.isEmpty { throw malformed }
                    return nil
                }
                response.body = body
                return (response, Array(after))
            }
            if let length = response["Content-Length"].flatMap({ Int($0) }) {
                guard rest.count >= length else {
                    if more.isEmpty { throw malformed }
                    return nil
                }
                response.body = Array(rest.prefix(length))
                return (response, Array(rest.dropFirst(length)))
            }
            guard more.isEmpty else { return nil }
            response.body = Array(rest)
            return (response, [])
        }

        private var malformed: Malformed { Malformed(text: String(decoding: bytes.prefix(500), as: UTF8.self)) }

        private static func dechunked(_ bytes: ArraySlice<UInt8>) throws -> ([UInt8], ArraySlice<UInt8>)? {
            var (body, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes)
            while let end = rest.firstRange(of: [13, 10]) {
                let line = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
                guard let size = Int(line, radix: 16) else { throw Malformed(text: line) }
                rest = rest[end.upperBound...]
                guard rest.count >= size + 2 else { return nil }
                body += rest.prefix(size)
                guard rest.dropFirst(size).prefix(2).elementsEqual([13, 10]) else { throw Malformed(text: "chunk") }
                rest = rest.dropFirst(size + 2)
                if size == 0 { return (body, rest) }
            }
            return nil
        }
    }
}
