import Foundation
import MonitoringCore
import Synchronization
import Testing

@Suite struct RegisteredSecretTests {
    private let secret = #"p/w "ü+1 x"#

    private func redactor(_ secrets: String...) -> Redactor {
        let redactor = Redactor()
        for secret in secrets { redactor.register(secret: secret) }
        return redactor
    }

    @Test func `a registered secret goes wherever it stands`() {
        let redactor = redactor("correct horse")
        #expect(redactor.redact("correct horse") == "[redacted]")
        #expect(redactor.redact("xcorrect horsex") == "x[redacted]x")
        #expect(redactor.redact("correct horsecorrect horse") == "[redacted][redacted]")
        #expect(redactor.redact("Correct horse") == "Correct horse")
        #expect(redactor.redact(url: "https://h/correct horse") == "https://h/REDACTED")
    }

    @Test func `it also goes percent-encoded, escaped and in Base64`() throws {
        let redactor = redactor(secret)
        let encoded = try #require(secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        #expect(redactor.redact("q=\(encoded)&x=1") == "q=[redacted]&x=1")
        #expect(redactor.redact("q=\(encoded.lowercased())&x=1") == "q=[redacted]&x=1")
        let json = try JSONSerialization.data(withJSONObject: [secret], options: [])
        #expect(redactor.redact(String(decoding: json, as: UTF8.self)) == "[\"[redacted]\"]")
        for prefix in ["", "u", "us", "use", "user:", "longer user:"] {
            for suffix in ["", "s", "su", "suf"] {
                let base64 = Data((prefix + secret + suffix).utf8).base64EncodedString()
                #expect(redactor.redact("sent \(base64).") == "sent [redacted].")
                let forURL = base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
                #expect(redactor.redact("sent \(forURL).") == "sent [redacted].")
            }
        }
    }

    @Test func `short secrets are ignored, and so is what the replacement contains`() {
        let redactor = redactor("short", "redacted", "[redacted]", "truncated", "")
        #expect(redactor.redact("short redacted [redacted] truncated") == "short redacted [redacted] truncated")
        #expect(self.redactor("sixsix").redact("sixsix") == "[redacted]")
    }

    @Test func `of overlapping secrets nothing stays`() {
        let redactor = redactor("abcdef", "defghi", "abcdefgh", "ghijkl")
        #expect(redactor.redact("abcdefghi") == "[redacted]")
        #expect(redactor.redact("abcdefghijkl!") == "[redacted]!")
        #expect(redactor.redact("password=xyz-abcdef ghijkl") == "password=[redacted] [redacted]")
    }

    @Test func `secrets of the configuration are registered`() {
        var redaction = Monitor.Redaction()
        redaction.additionalSecrets = ["hunter22"]
        #expect(Redactor(redaction).redact("it is hunter22") == "it is [redacted]")
    }

    @Test func `registering again, and too many, is harmless`() {
        let redactor = Redactor()
        for number in 0..<1000 { redactor.register(secret: "secret-number-\(number % 600)!") }
        #expect(redactor.redact("secret-number-0!") == "[redacted]")
        #expect(redactor.redact("secret-number-511!") == "[redacted]")
        #expect(redactor.redact("secret-number-512!") == "secret-number-512!")
    }

    @Test func `readers and writers do not disturb each other`() async {
        let redactor = Redactor()
        redactor.register(secret: "first-secret")
        await withTaskGroup(of: Bool.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<50 { redactor.register(secret: "secret-\(writer)-\(number)-x") }
                    return redactor.redact("secret-\(writer)-49-x") == "[redacted]"
                }
                group.addTask {
                    (0..<500).allSatisfy { _ in redactor.redact("a first-secret b") == "a [redacted] b" }
                }
            }
            for await result in group { #expect(result) }
        }
    }

    @Test func `no output contains a registered secret`() {
        var random = SeededGenerator(seed: 7)
        let alphabet = Array("ab/+=:@ \"é")
        for _ in 0..<60 {
            let redactor = Redactor()
            let secrets = (0..<4).map { _ in
                String(
                    (0..<Int.random(in: 6...12, using: &random)).map { _ in
                        alphabet.randomElement(using: &random) ?? "a"
                    })
            }
            for secret in secrets { redactor.register(secret: secret) }
            for _ in 0..<10 {
                let text = (0..<8).map { _ in
                    Bool.random(using: &random)
                        ? secrets.randomElement(using: &random) ?? ""
                        : String((0..<5).map { _ in alphabet.randomElement(using: &random) ?? "b" })
                }.joined()
                let output = redactor.redact(text)
                for secret in secrets { #expect(!output.utf8.elementsEqual(secret.utf8) && !output.contains(secret)) }
            }
        }
    }
}
