import MonitoringCore
import Testing

@Suite struct RedactorTests {
    @Test func `each category is on and can be switched off`() {
        let begin = "-----BEGIN PRIVATE " + "KEY-----"
        let end = "-----END PRIVATE " + "KEY-----"
        let categories: [(WritableKeyPath<Monitor.Redaction, Bool>, String)] = [
            (\.sensitiveKeys, "password=hunter2"),
            (\.authorization, "sent Bearer abc.def-123"),
            (\.knownTokens, "gh" + "p_0123456789abcdefghij0123456789abcdef"),
            (\.privateKeys, "\(begin)\nMIIEvQIBADANBgkqhkiG9w0BAQEF\n\(end)"),
            (\.urlCredentials, "redis://:pw@cache/0"),
            (\.emailAddresses, "bob@example.com"),
            (\.paymentCards, "4242 4242 4242 4242"),
        ]
        for (category, text) in categories {
            var redaction = Monitor.Redaction()
            #expect(redaction[keyPath: category])
            #expect(Redactor(redaction).redact(text).contains("[redacted]"))
            redaction[keyPath: category] = false
            #expect(Redactor(redaction).redact(text) == text)
        }
    }

    @Test(arguments: ["***", "<gone>", "[hidden by us]", "REMOVED", "…"])
    func `another replacement stands where the secret stood, and twice is once`(replacement: String) throws {
        var redaction = Monitor.Redaction()
        redaction.replacement = replacement
        let redactor = Redactor(redaction)
        #expect(redactor.redact("to bob@example.com!") == "to \(replacement)!")
        for line in try Corpus.load("positives") {
            let once = redactor.redact(line.text)
            #expect(redactor.redact(once) == once)
        }
    }

    @Test func `the host's own step comes last and sees every text`() {
        var redaction = Monitor.Redaction()
        redaction.valueLimit = 100
        redaction.custom = {
            $0.replacing("Berlin", with: "B.") + ($0 == "grow" ? String(repeating: "!", count: 200) : "")
        }
        let redactor = Redactor(redaction)
        #expect(redactor.redact("bob@example.com in Berlin") == "[redacted] in B.")
        #expect(redactor.redact("Berlin") == "B.")
        #expect(redactor.redact("a") == "a")
        #expect(redactor.redact("grow").utf8.count == 100)
    }

    @Test func `an empty replacement is the default one`() {
        var redaction = Monitor.Redaction()
        redaction.replacement = ""
        #expect(Redactor(redaction).redact("password=hunter2") == "password=[redacted]")
    }

    @Test func `a pair that was removed keeps what follows it`() {
        let redactor = Redactor()
        #expect(redactor.redact("password=[redacted] x") == "password=[redacted] x")
        #expect(redactor.redact("password=[redacted]hunter2 x") == "password=[redacted] x")
    }

    @Test func `limits have lower bounds`() {
        var redaction = Monitor.Redaction()
        redaction.valueLimit = -5
        redaction.recordLimit = 0
        let redactor = Redactor(redaction)
        #expect(redactor.valueLimit == 64)
        #expect(redactor.recordLimit == 1024)
        #expect(redactor.redact(String(repeating: "x", count: 1000)).utf8.count == 64)
    }
}
