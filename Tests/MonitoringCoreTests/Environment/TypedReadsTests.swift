import Testing

@testable import MonitoringCore

@Suite struct TypedReadsTests {
    private static let variable = Monitor.Variable("X", aliases: ["Y"], default: "5", meaning: "a test")
    private static let secret = Monitor.Variable("X", meaning: "a test", isSecret: true)

    /// Reads with a variable `X` set to a text, and gives the value and the problems.
    private func read<T>(
        _ text: String,
        _ body: (Monitor.Environment, (Monitor.Problem) -> Void) -> T
    ) -> (value: T, problems: [Monitor.Problem]) {
        var problems: [Monitor.Problem] = []
        let value = body(["X": text]) { problems.append($0) }
        return (value, problems)
    }

    @Test(arguments: ["true", "TRUE", "True", "1", "yes", "YES", "on", "On", " true ", "yes\n"])
    func `a boolean of ours is true`(_ text: String) {
        let (value, problems) = read(text) { $0.boolean(Self.variable, report: $1) }
        #expect(value == true)
        #expect(problems.isEmpty)
    }

    @Test(arguments: ["false", "FALSE", "0", "no", "No", "off", "OFF", "\tfalse"])
    func `a boolean of ours is false`(_ text: String) {
        let (value, problems) = read(text) { $0.boolean(Self.variable, report: $1) }
        #expect(value == false)
        #expect(problems.isEmpty)
    }

    @Test(arguments: ["t", "y", "enabled", "2", "-1", "truee", "\"true\"", " ", "true false", "ｔｒｕｅ"])
    func `anything else is no boolean of ours`(_ text: String) {
        let (value, problems) = read(text) { $0.boolean(Self.variable, report: $1) }
        #expect(value == nil)
        #expect(problems.map(\.code) == ["invalid-value"])
        #expect(problems.first?.subject == "X")
        #expect(problems.first?.message.contains("true, 1, yes, on, false, 0, no, off") == true)
        #expect(problems.first?.fix.isEmpty == false)
    }

    @Test(arguments: [
        ("true", true, 0), ("TRUE", true, 0), (" True ", true, 0), ("false", false, 0), ("FALSE", false, 0),
        ("1", false, 1), ("yes", false, 1), ("on", false, 1), ("0", false, 1), ("no", false, 1), ("junk", false, 1),
    ])
    func `of OpenTelemetry's booleans only true is true`(_ text: String, _ expected: Bool, _ count: Int) {
        let (value, problems) = read(text) { $0.openTelemetryBoolean(Self.variable, report: $1) }
        #expect(value == expected)
        #expect(problems.count == count)
    }

    @Test func `what is not set is nothing, without a problem`() {
        let environment: Monitor.Environment = ["X": ""]
        let report: (Monitor.Problem) -> Void = { Issue.record("\($0)") }
        #expect(environment.boolean(Self.variable, report: report) == nil)
        #expect(environment.openTelemetryBoolean(Self.variable, report: report) == nil)
        #expect(environment.integer(Self.variable, report: report) == nil)
        #expect(environment.number(Self.variable, report: report) == nil)
        #expect(environment.duration(Self.variable, report: report) == nil)
        #expect(environment.timeout(Self.variable, report: report) == nil)
        #expect(environment.string(Self.variable, report: report) == nil)
        #expect(environment.list(Self.variable, report: report) == nil)
        #expect(environment.headers(Self.variable, report: report) == nil)
        #expect(!environment.isSet(Self.variable))
    }

    @Test(
        arguments: [
            ("0", 0), ("512", 512), (" 7 ", 7), ("+3", 3), ("2147483647", 2_147_483_647), ("007", 7), ("-1", nil),
            ("2147483648", nil), ("99999999999999999999", nil), ("1.0", nil), ("1e3", nil), ("1_000", nil),
            ("0x10", nil),
            ("", nil), ("ten", nil), ("١", nil), ("5 5", nil),
        ] as [(String, Int?)])
    func `whole numbers are decimal digits within the range`(_ text: String, _ expected: Int?) {
        let (value, problems) = read(text) { $0.integer(Self.variable, report: $1) }
        #expect(value == expected)
        #expect(problems.count == (expected == nil && !text.isEmpty ? 1 : 0))
    }

    @Test func `a number out of the range is told with the range and the default`() {
        let (value, problems) = read("0") { $0.integer(Self.variable, in: 1...10, report: $1) }
        #expect(value == nil)
        #expect(
            problems.first?.message
                == "X=\"0\" is not an allowed whole number (allowed: 1 to 10), the default 5 is used"
        )
        #expect(problems.first?.fix == "set X=5 or unset it")
    }

    @Test(
        arguments: [
            ("0", 0), ("1", 1), ("0.25", 0.25), (".5", 0.5), ("1e-2", 0.01), (" 0.1 ", 0.1), ("1.0001", nil),
            ("-0.1", nil),
            ("nan", nil), ("inf", nil), ("0x1p-1", nil), ("10%", nil), ("0,5", nil), ("half", nil),
        ] as [(String, Double?)])
    func `ratios lie between 0 and 1`(_ text: String, _ expected: Double?) {
        let (value, problems) = read(text) { $0.number(Self.variable, report: $1) }
        #expect(value == expected)
        #expect(problems.count == (expected == nil ? 1 : 0))
    }

    @Test(
        arguments: [
            ("0", .zero), ("1500", .milliseconds(1_500)), ("-1", nil), ("1.5", nil), ("5s", nil), ("2147483648", nil),
        ] as [(String, Duration?)])
    func `durations are whole milliseconds`(_ text: String, _ expected: Duration?) {
        let (value, problems) = read(text) { $0.duration(Self.variable, report: $1) }
        #expect(value == expected)
        #expect(problems.count == (expected == nil ? 1 : 0))
    }

    @Test func `a timeout of 0 is no limit`() {
        #expect(read("0") { $0.timeout(Self.variable, report: $1) }.value == Monitor.TimeLimit.none)
        #expect(read("10") { $0.timeout(Self.variable, report: $1) }.value == .after(.milliseconds(10)))
        let bad = read("-5") { $0.timeout(Self.variable, report: $1) }
        #expect(bad.value == nil)
        #expect(bad.problems.count == 1)
        #expect(Monitor.TimeLimit.none.duration == nil)
        #expect(Monitor.TimeLimit.after(.seconds(1)).duration == .seconds(1))
    }

    enum Colour: String, CaseIterable {
        case red
        case darkBlue = "dark_blue"
    }

    @Test(arguments: [("red", Colour.red), ("RED", .red), (" Dark_Blue ", .darkBlue), ("green", nil)])
    func `words are chosen in any case`(_ text: String, _ expected: Colour?) {
        let (value, problems) = read(text) { $0.choice(Self.variable, as: Colour.self, report: $1) }
        #expect(value == expected)
        #expect(problems.count == (expected == nil ? 1 : 0))
        if let problem = problems.first { #expect(problem.message.contains("red, dark_blue")) }
    }

    @Test(arguments: [
        ("a,b", ["a", "b"]), (" a , b ,", ["a", "b"]), (",,", []), ("a", ["a"]),
    ])
    func `lists are trimmed and without empty elements`(_ text: String, _ expected: [String]) {
        #expect(read(text) { $0.list(Self.variable, report: $1) }.value == expected)
    }

    /// The header cases of OpenTelemetry's rules, as the official Python SDK reads them, and our own.
    @Test(
        arguments: [
            ("api-key=secret", ["api-key": "secret"], 0),
            ("Api-Key=secret,other=x", ["api-key": "secret", "other": "x"], 0),
            ("a=1,a=2", ["a": "2"], 0),
            ("Authorization=Basic%20dXNlcjpwYXNz", ["authorization": "Basic dXNlcjpwYXNz"], 0),
            ("Authorization=Basic dXNlcjpwYXNz", ["authorization": "Basic dXNlcjpwYXNz"], 0),
            ("k=a=b", ["k": "a=b"], 0), ("k=a%2Cb", ["k": "a,b"], 0), ("k=", ["k": ""], 0), ("=v", [:], 1),
            ("novalue", [:], 1), ("a=1,,b=2", ["a": "1", "b": "2"], 0), (" a = 1 , b=2 ", ["a": "1", "b": "2"], 0),
            ("k=v;meta=1", [:], 1), ("k=%E6%97%A5", ["k": "日"], 0), ("bad key=v", [:], 1), ("k=\"q\"", [:], 1),
            ("x-a=1, x-b=2", ["x-a": "1", "x-b": "2"], 0), ("k=a+b", ["k": "a+b"], 0), ("k=%zz", ["k": "%zz"], 0),
            ("k=%", ["k": "%"], 0), ("k=%0d%0aSet-Cookie:x", [:], 1), ("k=%00", [:], 1), ("k=%ff", [:], 1),
            ("k=日", [:], 1), ("a=1,junk,b=2,=x", ["a": "1", "b": "2"], 1),
        ] as [(String, [String: String], Int)])
    func `header lists are decoded and bad members left out`(
        _ text: String,
        _ expected: [String: String],
        _ count: Int
    ) {
        let (value, problems) = read(text) { $0.headers(Self.secret, report: $1) }
        #expect(Dictionary(uniqueKeysWithValues: (value ?? []).map { ($0.name, $0.value) }) == expected)
        #expect(problems.count == count)
    }

    @Test func `the problem of a header list names positions and no values`() {
        let (_, problems) = read("a=1,canary-1,b=\"canary-2\"") { $0.headers(Self.secret, report: $1) }
        #expect(problems.first?.message.contains("member 2 has no \"=\"") == true)
        #expect(problems.first?.message.contains("member 3") == true)
        #expect(!"\(problems)".contains("canary"))
    }

    @Test func `the name comes before its alias`() {
        let environment: Monitor.Environment = ["X": "1", "Y": "2"]
        var problems: [Monitor.Problem] = []
        #expect(environment.integer(Self.variable) { problems.append($0) } == 1)
        #expect(problems.map(\.code) == ["contradiction"])
        #expect(problems.map(\.severity) == [.notice])
        #expect(problems.first?.message == "X and Y say different things, X is used")
    }

    @Test func `an alias that says the same is no contradiction`() {
        let environment: Monitor.Environment = ["X": "true", "Y": "ON"]
        #expect(environment.boolean(Self.variable) { Issue.record("\($0)") } == true)
    }

    @Test func `an alias counts when the name is not set or cannot be read`() {
        #expect((["Y": "2"] as Monitor.Environment).integer(Self.variable) { Issue.record("\($0)") } == 2)
        var problems: [Monitor.Problem] = []
        let environment: Monitor.Environment = ["X": "two", "Y": "2"]
        #expect(environment.integer(Self.variable) { problems.append($0) } == 2)
        #expect(problems.map(\.subject) == ["X"])
    }

    @Test func `values are shown short, on one line and without what URLs hide`() {
        let shown: [(String, String)] = [
            (String(repeating: "a", count: 65), "\"\(String(repeating: "a", count: 64))…\""),
            ("a\u{1B}[31m\nb", "\"a\\u{1b}[31m\\nb\""),
            ("https://user:canary@host:1/path?token=canary", "\"https://(secret)@host:1/path?(secret)\""),
            ("http://host/#canary", "\"http://host/#(secret)\""),
            ("http://host/a@b", "\"http://host/a@b\""),
        ]
        for (text, expected) in shown {
            let (_, problems) = read(text) { $0.boolean(Self.variable, report: $1) }
            #expect(problems.first?.message.contains("X=\(expected) is") == true)
            #expect(!"\(problems)".contains("canary"))
        }
    }

    @Test func `the value of a secret is never shown`() {
        let (_, problems) = read("canary-1") { $0.integer(Self.secret, report: $1) }
        #expect(problems.first?.message.hasPrefix("X=(secret) is not") == true)
        #expect(!"\(problems)".contains("canary"))
    }

    @Test func `whatever stands in a header list, only sound headers come out`() {
        var generator = Generator(state: 0x4EAD)
        let pieces = ["a", "=", ",", ";", "%", "%0d", "%41", "%ff", " ", "\"", "\n", "日", "-", "\\"]
        for _ in 0..<10_000 {
            let text = (0..<Int.random(in: 1..<16, using: &generator)).compactMap { _ in
                pieces.randomElement(using: &generator)
            }.joined()
            let list = HeaderList.parse(text)
            for header in list.headers {
                #expect(!header.name.isEmpty && header.name.utf8.allSatisfy { (0x21..<0x7F).contains($0) })
                #expect(header.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
            }
            #expect(Set(list.headers.map(\.name)).count == list.headers.count)
            #expect(list.headers.count + list.faults.count <= text.split(separator: ",").count)
        }
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
