import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct RedactionFuzzTests {
    /// What matters to one detector or another.
    private static let pieces = [
        "password", "token", "Authorization", "Cookie", "api_key", "key", "sig", "Bearer", "Basic", "Digest", "--", "=",
        ":", ": ", " = ",
        "\"", "'", "\\\"", "\\", "\\n", "\n", " ", "@", "bob", "example.com", ".", "://", "https", "user:pw@", "?", "&",
        "#", ";", ",",
        "[", "]", "{", "}", "<", ">", "</", "%3D", "%26", "%20", "$", "${", "4242424242424242", "4242 4242 4242 4242",
        "4242-",
        "sk-", "gh" + "p_", "eyJ", "0123456789abcdefghij", "AbCdEfGhIjKlMnOp", "-----BEGIN ", "PRIVATE KEY-----",
        "-----END ", "[redacted]",
        "REDACTED", "REDACTED:REDACTED@", "[truncated]", "é", "日本", "🎉", "null", "true", "x", "1", "_", "-",
        "secret value", "dGVzdDp0ZXN0",
    ]

    private func texts(seed: UInt64, _ count: Int) -> [String] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (0..<Int.random(in: 1...14, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
                .joined()
        }
    }

    @Test func `redacting twice is redacting once`() {
        let redactor = Redactor()
        redactor.register(secret: "secret value")
        for text in texts(seed: 11, 5_000) {
            let once = redactor.redact(text)
            let twice = redactor.redact(once)
            #expect(twice == once, "\(text.debugDescription)")
            #expect(!once.contains("secret value"))
            let url = redactor.redact(url: text)
            #expect(redactor.redact(url: url) == url, "\(text.debugDescription)")
        }
    }

    @Test func `redacting twice is redacting once where texts are cut`() {
        var redaction = Monitor.Redaction()
        redaction.valueLimit = 64
        let redactor = Redactor(redaction)
        redactor.register(secret: "secret value")
        for text in texts(seed: 12, 5_000) {
            let once = redactor.redact(text)
            #expect(once.utf8.count <= 64)
            #expect(redactor.redact(once) == once, "\(text.debugDescription)")
        }
    }

    @Test func `random bytes never trap and give valid text`() {
        var random = SeededGenerator(seed: 13)
        let redactor = Redactor()
        for _ in 0..<FuzzRounds.count(2_000) {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let once = redactor.redact(text)
            #expect(redactor.redact(once) == once)
            _ = redactor.redact(url: text)
            _ = redactor.isSensitive(key: text)
            _ = redactor.redact(.bytes(bytes), key: Monitor.AttributeKey(text, .open, isLabel: false))
        }
    }
}
