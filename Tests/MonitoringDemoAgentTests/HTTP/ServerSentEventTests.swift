import MonitoringTesting
import Testing

@testable import MonitoringDemoAgent

struct ServerSentEventTests {
    private func events(_ text: String) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        return try parser.read(Array(text.utf8))
    }

    @Test(arguments: [
        ("data: a\n\n", [ServerSentEvent(data: "a")]),
        ("data:a\n\ndata:  b\n\n", [.init(data: "a"), .init(data: " b")]),
        ("data: a\r\n\r\ndata: b\r\rdata: c\n\n", [.init(data: "a"), .init(data: "b"), .init(data: "c")]),
        ("event: piece\ndata: {}\n\ndata: x\n\n", [.init(name: "piece", data: "{}"), .init(data: "x")]),
        ("data: a\ndata\ndata: b\n\n", [.init(data: "a\n\nb")]),
        ("\u{feff}data: a\n\n\u{feff}data: b\n\n", [.init(data: "a")]),
        (": comment\n\nid: 1\nretry: 5\nother: x\n\n", []),
        ("event: lonely\n\ndata: a\n\n", [.init(data: "a")]),
        ("data: cut off\n", []),
        ("data: cut off", []),
        ("data: a:b\n\n", [.init(data: "a:b")]),
        ("data\n\n", [.init(data: "")]),
        ("\n\n\n", []),
    ])
    func `reads`(text: String, expected: [ServerSentEvent]) throws {
        #expect(try events(text) == expected)
    }

    @Test func `bytes that are not UTF-8 are repaired`() throws {
        var parser = ServerSentEventParser()
        #expect(try parser.read(Array("data: a".utf8) + [0xff] + Array("\n\n".utf8)) == [.init(data: "a\u{fffd}")])
    }

    @Test(arguments: ["data: 123456789", "data: 12345\ndata: 12345\ndata: 12345\n", ":0123456789012345"])
    func `what is too long ends the reading`(text: String) {
        var parser = ServerSentEventParser(limit: 14)
        #expect(throws: ServerSentEventParser.TooLong(limit: 14)) { try parser.read(Array(text.utf8)) }
    }

    @Test(arguments: ["a", "", "two\nlines", "\n", "a\r\nb\rc", "{\"text\":\"é 🙂\"}", ": no comment", "data: x"])
    func `what is written is read back as one event`(data: String) throws {
        for name in ["message", "piece"] {
            let event = ServerSentEvent(name: name, data: data)
            var expected = event
            expected.data = data.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            #expect(try events(String(decoding: event.bytes, as: UTF8.self)) == [expected])
        }
    }

    @Test func `however a stream is cut, the same events come out`() throws {
        var draw = SplitMix64(seed: 20)
        let alphabet: [[UInt8]] =
            [
                "\n", "\r", "\r\n", ":", " ", "data", "data: ", "event: ", "id", "é", "\u{feff}", "x", "{\"a\":1}",
                "\n\n",
            ].map { Array($0.utf8) } + [[0xff], [0xc3]]
        var seen = 0
        for _ in 0..<FuzzRounds.count(2_000) {
            let length = Int.random(in: 0...40, using: &draw)
            let stream = (0..<length).flatMap { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &draw)] }
            var whole = ServerSentEventParser()
            let expected = try whole.read(stream)
            var pieces = ServerSentEventParser()
            var events: [ServerSentEvent] = []
            var rest = stream[...]
            while !rest.isEmpty {
                let count = Int.random(in: 0...min(5, rest.count), using: &draw)
                events += try pieces.read(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(events == expected)
            seen += events.count
        }
        #expect(seen > 0)
    }
}
