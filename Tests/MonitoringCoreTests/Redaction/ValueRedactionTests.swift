import MonitoringCore
import Testing

@Suite struct ValueRedactionTests {
    private let redactor = Redactor()
    private let secret = "mail bob@example.com"
    private let clean = "mail [redacted]"

    private func key(_ name: String, _ valueClass: Monitor.ValueClass) -> Monitor.AttributeKey {
        Monitor.AttributeKey(name, valueClass, isLabel: false)
    }

    @Test(arguments: [Monitor.ValueClass.number, .enumerated, .identifier])
    func `numbers, enumerated values and identifiers keep what looks like an address`(valueClass: Monitor.ValueClass) {
        #expect(redactor.redact(.string(secret), key: key("password", valueClass)) == .string(secret))
    }

    @Test(arguments: [Monitor.ValueClass.enumerated, .identifier])
    func `enumerated values and identifiers lose tokens and registered secrets`(valueClass: Monitor.ValueClass) {
        let token = "sk" + "-ant-api03-Zq8vT2mLkP4xRw7nYb3cHd5fGj9s"
        redactor.register(secret: "hunter-42")
        for (given, kept) in [(token, "[redacted]"), ("m:" + token, "m:[redacted]"), ("a.hunter-42", "a.[redacted]")] {
            let key = key("id", valueClass)
            #expect(redactor.redact(.string(given), key: key) == .string(kept))
            #expect(redactor.redact(.bytes(Array(given.utf8)), key: key) == .bytes(Array(kept.utf8)))
            let nested = Monitor.Value.array([.map([Monitor.KeyValue(given, .string(given))])])
            let clean = Monitor.Value.array([.map([Monitor.KeyValue(kept, .string(kept))])])
            #expect(redactor.redact(nested, key: key) == clean)
        }
    }

    @Test func `an attribute's name loses tokens and registered secrets`() {
        let token = "sk" + "-ant-api03-Zq8vT2mLkP4xRw7nYb3cHd5fGj9s"
        let attribute = Monitor.Attribute(key("a.\(token)", .number), .int(1))
        #expect(redactor.redact(attribute) == Monitor.Attribute(key("a.[redacted]", .number), .int(1)))
        let plain = Monitor.Attribute(key("bob@example.com", .number), .int(1))
        #expect(redactor.redact(plain) == plain)
    }

    @Test func `text is scanned whatever its key is called`() {
        #expect(redactor.redact(.string(secret), key: key("password", .text)) == .string(clean))
        #expect(redactor.redact(.string("plain"), key: key("password", .text)) == .string("plain"))
    }

    @Test func `an open key is checked, too`() {
        #expect(redactor.redact(.string("plain"), key: key("db.password", .open)) == .string("[redacted]"))
        #expect(redactor.redact(.int(1234), key: key("otp", .open)) == .string("[redacted]"))
        #expect(redactor.redact(.array([.string("a")]), key: key("cookies", .open)) == .string("[redacted]"))
        #expect(redactor.redact(.bool(true), key: key("auth", .open)) == .bool(true))
        #expect(redactor.redact(.null, key: key("auth", .open)) == .null)
        #expect(redactor.redact(.string(secret), key: key("note", .open)) == .string(clean))
    }

    @Test func `a URL gets the rules of URLs`() {
        let value = redactor.redact(.string("https://u:p@h/?sig=1"), key: key("url.full", .url))
        #expect(value == .string("https://REDACTED:REDACTED@h/?sig=REDACTED"))
    }

    @Test func `arrays and maps are gone through`() {
        let value = Monitor.Value.map([
            Monitor.KeyValue("user", .string(secret)),
            Monitor.KeyValue("password", .string("x")),
            Monitor.KeyValue("bob@example.com", .int(1)),
            Monitor.KeyValue(
                "list",
                .array([
                    .string(secret),
                    .map([Monitor.KeyValue("apiKey", .array([.int(7)])), Monitor.KeyValue("max_tokens", .int(9))]),
                ])
            ),
        ])
        let expected = Monitor.Value.map([
            Monitor.KeyValue("user", .string(clean)),
            Monitor.KeyValue("password", .string("[redacted]")),
            Monitor.KeyValue("[redacted]", .int(1)),
            Monitor.KeyValue(
                "list",
                .array([
                    .string(clean),
                    .map([Monitor.KeyValue("apiKey", .string("[redacted]")), Monitor.KeyValue("max_tokens", .int(9))]),
                ])
            ),
        ])
        #expect(redactor.redact(value, key: key("payload", .text)) == expected)
        #expect(redactor.redact(expected, key: key("payload", .text)) == expected)
    }

    @Test func `bytes that are text are scanned, others are only cut`() {
        let text = Monitor.Value.bytes(Array(secret.utf8))
        #expect(redactor.redact(text, key: key("body", .text)) == .bytes(Array(clean.utf8)))
        let image = [UInt8](repeating: 0xFF, count: 100_000)
        #expect(redactor.redact(.bytes(image), key: key("body", .text)) == .bytes(Array(image.prefix(64 * 1024))))
    }

    @Test func `a long identifier is cut`() throws {
        let long = String(repeating: "bob@example.com ", count: 10_000)
        guard case .string(let result) = redactor.redact(.string(long), key: key("id", .identifier)) else {
            Issue.record("not a string")
            return
        }
        #expect(result.utf8.count <= 64 * 1024)
        #expect(result.hasPrefix("bob@example.com "))
        #expect(result.hasSuffix("[truncated]"))
    }

    @Test func `what nests too deep is cut off`() {
        var value = Monitor.Value.string(secret)
        for level in 0..<1000 {
            value = level.isMultiple(of: 2) ? .array([value]) : .map([Monitor.KeyValue("k", value)])
        }
        var depth = 0
        var rest = redactor.redact(value, key: key("deep", .text))
        descent: while true {
            switch rest {
            case .array(let values): rest = values.first ?? .null
            case .map(let entries): rest = entries.first?.value ?? .null
            default: break descent
            }
            depth += 1
        }
        #expect(depth == Redactor.depthLimit)
        #expect(rest == .string("[truncated]"))
    }

    @Test func `a value has at most as many bytes as a record`() throws {
        var redaction = Monitor.Redaction()
        redaction.recordLimit = 4096
        let redactor = Redactor(redaction)
        let line = String(repeating: "x", count: 100)
        let array = redactor.redact(.array(Array(repeating: .string(line), count: 1000)), key: key("list", .text))
        guard case .array(let values) = array else {
            Issue.record("not an array")
            return
        }
        #expect(values.count <= 50)
        #expect(values.last == .string("[truncated]"))
        let map = redactor.redact(
            .map((0..<1000).map { Monitor.KeyValue("key \($0)", .string(line)) }), key: key("map", .text)
        )
        #expect(map.description.utf8.count < 6000)
        #expect(map.description.hasSuffix("\"[truncated]\":\"[truncated]\"}"))
    }
}
