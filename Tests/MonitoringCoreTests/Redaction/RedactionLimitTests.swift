import MonitoringCore
import Testing

@Suite struct RedactionLimitTests {
    private let limit = 64 * 1024
    /// A lower limit than the default, where many texts are longer than it.
    private static let low = 4 * 1024
    private let token = "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345"

    @Test func `a text within the limit is not cut`() {
        let text = String(repeating: "x", count: limit)
        #expect(Redactor().redact(text) == text)
    }

    @Test func `a longer one is cut on a scalar's boundary and marked`() {
        for prefix in ["", "a", "ab", "abc"] {
            let result = Redactor().redact(prefix + String(repeating: "🎉", count: 50_000))
            #expect(result.utf8.count <= limit)
            #expect(result.utf8.count > limit - 16)
            #expect(result.hasSuffix("🎉[truncated]"))
            #expect(!result.contains("\u{FFFD}"))
        }
    }

    @Test func `a secret that straddles the cut does not survive`() {
        let limit = Self.low
        let redactor = Self.lowRedactor()
        for secret in [token, "a registered secret", "password=hunter2", "bob@example.com", "redis://user:pw@cache"] {
            for shift in 0..<secret.utf8.count + 24 {
                let text =
                    String(repeating: "x ", count: limit / 2 - 32) + String(repeating: ".", count: 41 - min(shift, 41))
                    + " "
                    + secret + String(repeating: " y", count: 1000)
                let result = redactor.redact(text)
                #expect(result.utf8.count <= limit)
                for stump in ["hunter", "registered", "0123456", "bob@", "user:p"] { #expect(!result.contains(stump)) }
                #expect(redactor.redact(result) == result)
            }
        }
    }

    @Test func `what grows by redaction is cut again`() {
        let result = Redactor().redact(String(repeating: "pwd=x ", count: 10_000))
        #expect(result.utf8.count <= limit)
        #expect(result.hasPrefix("pwd=[redacted] pwd=[redacted]"))
        #expect(result.hasSuffix("[truncated]"))
        #expect(!result.contains("[redac[") && !result.contains("pwd=x"))
        #expect(Redactor().redact(result) == result)
    }

    @Test(arguments: [
        "x", "password=\"", "eyJ", "-----BEGIN PRIVATE KEY-----", "a@", "@b.", "https://", "4", "4242 ", "key: ", "=",
        "Bearer ",
        "\\\"password\\\":", "%3D", "<password>", "--token ", "\n", "é", "{\"a\":", "sk-", "Basic ", "://@",
        "token=[redacted]",
    ])
    func `ten megabytes are looked at as far as the limit and no further`(part: String) {
        let text = String(repeating: part, count: 10_000_000 / part.utf8.count)
        let redactor = Self.lowRedactor()
        let result = redactor.redact(text)
        #expect(result.utf8.count <= Self.low)
        #expect(redactor.redact(result) == result)
        #expect(redactor.redact(url: text).utf8.count <= Self.low)
    }

    private static func lowRedactor() -> Redactor {
        var redaction = Monitor.Redaction()
        redaction.valueLimit = low
        redaction.additionalSecrets = ["a registered secret"]
        return Redactor(redaction)
    }

    @Test func `nested JSON as text is redacted and stays JSON`() {
        var text = #"{"password":"hunter2"}"#
        for _ in 0..<5 {
            let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            #expect(!Redactor().redact(text).contains("hunter2"))
            text = "{\"body\":\"\(escaped)\"}"
        }
    }
}
