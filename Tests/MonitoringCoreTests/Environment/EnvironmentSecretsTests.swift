import Foundation
import Testing

@testable import MonitoringCore

@Suite struct EnvironmentSecretsTests {
    private static let canary = "canary-c0ffee-7f3a"

    @Test func `a secret comes from its variable`() {
        let environment: Monitor.Environment = ["TOKEN": Self.canary]
        #expect(environment.secret("TOKEN") { Issue.record("\($0)") } == Self.canary)
        #expect(environment.secret("OTHER") { Issue.record("\($0)") } == nil)
    }

    @Test(arguments: [("x", "x"), ("x\n", "x"), ("x\r\n", "x"), ("x\n\n", "x\n"), (" x ", " x "), ("a\nb\n", "a\nb")])
    func `a secret comes from its file, without the last line break`(_ text: String, _ expected: String) throws {
        try withFile(Data(text.utf8)) { path in
            let environment: Monitor.Environment = ["TOKEN_FILE": path]
            #expect(environment.secret("TOKEN") { Issue.record("\($0)") } == expected)
        }
    }

    @Test func `with both set the variable counts and a notice says so`() throws {
        try withFile(Data("from-file".utf8)) { path in
            let environment: Monitor.Environment = ["TOKEN": Self.canary, "TOKEN_FILE": path]
            var problems: [Monitor.Problem] = []
            #expect(environment.secret("TOKEN") { problems.append($0) } == Self.canary)
            #expect(problems.map(\.severity) == [.notice])
            #expect(problems.map(\.code) == ["contradiction"])
            #expect(!"\(problems)".contains(Self.canary))
        }
    }

    @Test func `a file that cannot be the secret's is a problem`() throws {
        let cases: [(Data, String)] = [
            (Data(), "it is empty"),
            (Data("\n".utf8), "it is empty"),
            (Data([0xFF, 0xFE]), "not text in UTF-8"),
            (Data([0x61, 0x00]), "not text in UTF-8"),
            (Data(repeating: 0x61, count: 65_537), "larger than 65536 bytes"),
        ]
        for (data, reason) in cases {
            try withFile(data) { path in
                var problems: [Monitor.Problem] = []
                let environment: Monitor.Environment = ["TOKEN_FILE": path]
                #expect(environment.secret("TOKEN") { problems.append($0) } == nil)
                #expect(problems.map(\.subject) == ["TOKEN_FILE"])
                #expect(problems.first?.message.contains(reason) == true)
            }
        }
    }

    @Test func `a file of 64 KiB is read`() throws {
        try withFile(Data(repeating: 0x61, count: 65_536)) { path in
            let environment: Monitor.Environment = ["TOKEN_FILE": path]
            #expect(environment.secret("TOKEN") { Issue.record("\($0)") }?.utf8.count == 65_536)
        }
    }

    @Test func `a pipe without a writer does not block`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("monitoring-\(UUID().uuidString)").path
        let code = unsafe mkfifo(path, 0o600)
        #expect(code == 0)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var problems: [Monitor.Problem] = []
        let environment: Monitor.Environment = ["TOKEN_FILE": path]
        #expect(environment.secret("TOKEN") { problems.append($0) } == nil)
        #expect(problems.first?.message.contains("not a regular file") == true)
    }

    @Test func `the secret itself in the variable for the file is not shown`() {
        for value in [Self.canary, "https://\(Self.canary)@sentry.example/1"] {
            var problems: [Monitor.Problem] = []
            let environment: Monitor.Environment = ["TOKEN_FILE": value]
            #expect(environment.secret("TOKEN") { problems.append($0) } == nil)
            #expect(problems.count == 1)
            #expect(!"\(problems)".contains(Self.canary))
        }
    }

    @Test func `every text that must not leave is found`() throws {
        try withFile(Data("from-file\n".utf8)) { path in
            let environment: Monitor.Environment = [
                "HEADERS": "authorization=Bearer%20abc123,x-key=k%2Fv", "DSN_FILE": path, "HOST": "not-secret",
            ]
            let variables = [
                Monitor.Variable("HEADERS", meaning: "headers", isSecret: true),
                Monitor.Variable("DSN", meaning: "address", isSecret: true),
                Monitor.Variable("HOST", meaning: "host"),
            ]
            let texts = environment.secretTexts(of: variables)
            #expect(
                Set(texts) == [
                    "authorization=Bearer%20abc123,x-key=k%2Fv", "Bearer abc123", "Bearer%20abc123", "abc123", "k/v",
                    "k%2Fv", "from-file",
                ]
            )
            #expect(texts.map(\.utf8.count) == texts.map(\.utf8.count).sorted(by: >))
        }
    }

    private func withFile(_ data: Data, _ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("monitoring-\(UUID().uuidString)")
        try data.write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path)
    }
}
