import MonitoringTesting
import Testing

@testable import MonitoringExport

@Suite struct HTTPResponseParserTests {
    private func parse(_ text: String, limit: Int = 100, step: Int = .max, ends: Bool = false) throws
        -> HTTPResponseParser
    {
        var parser = HTTPResponseParser(bodyLimit: limit)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let piece = rest.prefix(step)
            try parser.consume(piece)
            rest = rest[piece.endIndex...]
        }
        if ends { try parser.finish() }
        return parser
    }

    static let answers: [(String, Int, String, Bool)] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok", true),
        ("HTTP/1.1 200\r\ncontent-length:0\r\n\r\n", 200, "", true),
        ("HTTP/1.0 200 OK\nContent-Length: 2\n\nok", 200, "ok", false),
        ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", 200, "", true),
        ("HTTP/1.1 503 no\r\nConnection: x, Close\r\nContent-Length: 0\r\n\r\n", 503, "", false),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nA;x=y\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
            200, "ok0123456789", true
        ),
        ("HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 204 no\r\n\r\n", 204, "", true),
        ("HTTP/1.1 304 same\r\nContent-Length: 900\r\n\r\n", 304, "", true),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n\r\n0\r\n\r\n", 200, "", false),
        ("HTTP/1.1 200 OK\r\nno colon\r\n: x\r\n folded\r\nÿ: \u{0}\r\nContent-Length: 1\r\n\r\n!", 200, "!", true),
        ("HTTP/1.1 999 x\r\nContent-Length: 0\r\n\r\n", 999, "", true),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!more", 200, "!", false),
    ]

    @Test(arguments: answers, [1, 3, 1_000])
    func `an answer is read in pieces of any size`(answer: (String, Int, String, Bool), step: Int) throws {
        let parser = try parse(answer.0, step: step)
        #expect(parser.isComplete)
        #expect(parser.response.status == answer.1)
        #expect(String(decoding: parser.response.body, as: UTF8.self) == answer.2)
        #expect(parser.leavesConnectionOpen == answer.3)
    }

    @Test func `without a length the end of the connection ends the body`() throws {
        let parser = try parse("HTTP/1.1 200 OK\r\n\r\nall of it", ends: true)
        #expect(parser.isComplete && !parser.leavesConnectionOpen)
        #expect(parser.response.body == Array("all of it".utf8))
    }

    @Test(arguments: [
        ("garbage\r\n\r\n", HTTPResponseParser.Failure.notHTTP), ("SSH-2.0-OpenSSH\r\n", .notHTTP), ("H", .notHTTP),
        ("HTTP/1.1 20 OK\r\n\r\n", .notHTTP), ("HTTP/1.1 2000 OK\r\n\r\n", .notHTTP),
        ("HTTP/1.1 099 x\r\n\r\n", .notHTTP),
        ("HTTP/1.x 200 x\r\n\r\n", .notHTTP), ("HTTP/2 200\r\n\r\n", .http2),
        ("\u{0}\u{0}\u{12}\u{4}\u{0}\u{0}\u{0}\u{0}\u{0}", .http2), ("\u{0}\u{0}\u{12}\u{4}", .notHTTP), ("", .closed),
        ("HTTP/1.1 101 x\r\n\r\n", .notHTTP), ("HTTP/1.1 200 OK\r\n", .closed),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", .closed),
        ("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n", .tooLarge),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n", .tooLarge),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", .tooLarge),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .notHTTP),
        ("HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n", .notHTTP),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", .notHTTP),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", .notHTTP),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", .notHTTP),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n", .tooLarge),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", .tooLarge),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokX\r\n", .notHTTP),
        ("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 101), .tooLarge),
        ("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 70_000), .tooLarge),
        ("HTTP/1.1 200 OK\r\n" + String(repeating: "X: x\r\n", count: 20_000), .tooLarge),
    ])
    func `anything else fails for its reason`(text: String, failure: HTTPResponseParser.Failure) {
        #expect(throws: failure) { try parse(text, ends: true) }
        #expect(throws: failure) { try parse(text, step: 1, ends: true) }
    }

    @Test func `no bytes make the parser trap or grow beyond its limits`() {
        var random = DeliveryRandom(seed: 13)
        for _ in 0..<FuzzRounds.count(20_000) {
            var bytes = Array((Self.answers.randomElement(using: &random)?.0 ?? "").utf8)
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = .random(in: 0 ... .max, using: &random)
                case 1: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
                default: bytes.removeSubrange(place..<min(place + 3, bytes.count))
                }
                if bytes.isEmpty { bytes = [0] }
            }
            var parser = HTTPResponseParser(bodyLimit: 20)
            try? parser.consume(bytes[...])
            try? parser.finish()
            #expect(parser.response.body.count <= 20)
        }
    }
}
