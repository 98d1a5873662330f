import Foundation
import MonitoringTesting
import Testing

@testable import MonitoringCore

@Suite struct EnvironmentFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let expected: [String: String]
        var badLines: [Int] = []
        var testDescription: String { text.debugDescription }
    }

    static let cases: [Case] = [
        Case(text: "", expected: [:]),
        Case(text: "A=1", expected: ["A": "1"]),
        Case(text: "A=1\nB=2\n", expected: ["A": "1", "B": "2"]),
        Case(text: "A=1\r\nB=2\r\n", expected: ["A": "1", "B": "2"]),
        Case(text: "A=1\r", expected: ["A": "1"]),
        Case(text: "\u{FEFF}A=1", expected: ["A": "1"]),
        Case(text: "export A=1\nexport\tB=2", expected: ["A": "1", "B": "2"]),
        Case(text: "export=1", expected: ["export": "1"]),
        Case(text: "export =1", expected: ["export": "1"]),
        Case(text: "  A  =  1  ", expected: ["A": "1"]),
        Case(text: "# A=1\n   # B=2\n\n\nC=3", expected: ["C": "3"]),
        Case(text: "A=1 # one", expected: ["A": "1"]),
        Case(text: "A=1#one", expected: ["A": "1#one"]),
        Case(text: "A=#one", expected: ["A": ""]),
        Case(text: "A=", expected: ["A": ""]),
        Case(text: "A=b=c", expected: ["A": "b=c"]),
        Case(text: "A=x y z", expected: ["A": "x y z"]),
        Case(text: "A=it's", expected: ["A": "it's"]),
        Case(text: "A=$HOME/${B}", expected: ["A": "$HOME/${B}"]),
        Case(text: #"A="x # y""#, expected: ["A": "x # y"]),
        Case(text: #"A="x" # y"#, expected: ["A": "x"]),
        Case(text: #"A="""#, expected: ["A": ""]),
        Case(text: #"A="\n\r\t\"\$\\\z""#, expected: ["A": "\n\r\t\"$\\\\z"]),
        Case(text: #"A='\n"'"#, expected: ["A": #"\n""#]),
        Case(text: "A=\"one\ntwo\"\nB=3", expected: ["A": "one\ntwo", "B": "3"]),
        Case(text: "A='one\r\ntwo'\nB=3", expected: ["A": "one\ntwo", "B": "3"]),
        Case(text: "A=1\nA=2", expected: ["A": "2"]),
        Case(text: "my.name-x=1", expected: ["my.name-x": "1"]),
        Case(text: "A=日本", expected: ["A": "日本"]),
        Case(text: "A", expected: [:], badLines: [1]),
        Case(text: "=1", expected: [:], badLines: [1]),
        Case(text: "1A=1", expected: [:], badLines: [1]),
        Case(text: "A B=1\nC=2", expected: ["C": "2"], badLines: [1]),
        Case(text: "A=\"open\nB=2", expected: ["B": "2"], badLines: [1]),
        Case(text: "A='open\nB='also\nC=3", expected: ["C": "3"], badLines: [1, 2]),
        Case(text: "A=\"x\" y\nB=2", expected: ["B": "2"], badLines: [1]),
        Case(text: "A=1\rB=2\nC=3", expected: ["C": "3"], badLines: [1]),
        Case(text: "A=x\0y\nB=2", expected: ["B": "2"], badLines: [1]),
        Case(text: "A=\"x\ny\"\nbad\nB=2", expected: ["A": "x\ny", "B": "2"], badLines: [3]),
    ]

    @Test(arguments: cases) func `a file is read by the rules`(_ example: Case) {
        var parser = DotEnvParser(Array(example.text.utf8))
        parser.parse()
        #expect(parser.values == example.expected)
        #expect(parser.badLines == example.badLines)
    }

    @Test func `a file lies beneath the environment, which wins`() throws {
        try withFile("A=file\nB=file\nC=file") { path in
            let environment = Monitor.Environment.file(path, over: ["A": "process", "C": ""])
            #expect(environment["A"] == "process")
            #expect(environment["B"] == "file")
            #expect(environment["C"] == "file")
            #expect(environment.problems.isEmpty)
        }
    }

    @Test func `problems of the environment above are kept`() throws {
        try withFile("bad line\nA=1\nworse") { path in
            let first = Monitor.Environment.file("/nowhere/.env", over: [:])
            let both = Monitor.Environment.file(path, over: first)
            #expect(both["A"] == "1")
            #expect(both.problems.map(\.code) == ["unreadable-file", "malformed-file"])
            #expect(both.problems.last?.message.contains("lines 1, 3 cannot be read") == true)
            #expect(both.problems.last?.message.contains("bad line") == false)
        }
    }

    @Test func `a file that is missing, a folder, a device or too large is a problem`() throws {
        let large = String(repeating: "#", count: (1 << 20) + 1)
        try withFile(large) { path in
            let expected = [
                "/nowhere/.env": "there is no such file", "/": "not a regular file", "/dev/zero": "not a regular file",
                path: "larger than 1048576 bytes",
            ]
            for (path, reason) in expected {
                let environment = Monitor.Environment.file(path, over: ["A": "1"])
                #expect(environment["A"] == "1")
                #expect(environment.problems.count == 1)
                #expect(environment.problems.first?.message.contains(reason) == true)
            }
        }
    }

    @Test func `a file of exactly the largest size is read`() throws {
        let head = "A=1\n"
        try withFile(head + String(repeating: "#", count: (1 << 20) - head.utf8.count)) { path in
            let environment = Monitor.Environment.file(path, over: [:])
            #expect(environment["A"] == "1")
            #expect(environment.problems.isEmpty)
        }
    }

    @Test func `any bytes are read without a trap, and every line is read or told`() {
        var generator = Generator(state: 0x5EED)
        let pieces = ["A", "=", "\"", "'", "\\", "\n", "\r", "\r\n", " ", "#", "export ", "\0", "\u{FF}", "x", "$"]
        for _ in 0..<FuzzRounds.count(20_000) {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<24, using: &generator) {
                if let piece = pieces.randomElement(using: &generator) { bytes += piece.utf8 }
                if Bool.random(using: &generator) { bytes.append(UInt8.random(in: 0...255, using: &generator)) }
            }
            var parser = DotEnvParser(bytes)
            parser.parse()
            #expect(parser.badLines == parser.badLines.sorted())
            #expect(parser.badLines.count + parser.values.count <= bytes.split(separator: 10).count)
        }
    }

    @Test func `what is written with quotation marks is read back`() {
        var generator = Generator(state: 0xD07)
        let alphabet = Array("ab\"'\\$#= \n\t日é")
        for _ in 0..<FuzzRounds.count(5_000) {
            let value = String((0..<12).compactMap { _ in alphabet.randomElement(using: &generator) })
            let quoted = value.reduce(into: "") { text, character in
                switch character {
                case "\n": text += "\\n"
                case "\"", "\\", "$": text += "\\" + String(character)
                default: text.append(character)
                }
            }
            var parser = DotEnvParser(Array("KEY=\"\(quoted)\"\nNEXT=1".utf8))
            parser.parse()
            #expect(parser.values == ["KEY": value, "NEXT": "1"])
        }
    }

    private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("monitoring-\(UUID().uuidString).env")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path)
    }
}

/// SplitMix64: the same numbers in every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
