/// The secrets that `--canaries` plants: always the same ones, put together here so that no scanner finds them in the source.
enum Canaries {
    /// The variable whose value is removed from all text because it is declared as a secret; no shape gives it away.
    static let registeredVariable = "DEMO_PARTNER_TOKEN"
    static let registered = "violet-harbour-" + letters(12, 17)

    static let all: [Canary] =
        [
            Canary("sk" + "-proj-" + letters(48, 1), inNames: true) { "My key is \($0)." },
            Canary("sk" + "-ant-" + "api03-" + letters(93, 2), inNames: true) { "Use \($0) for this" },
            Canary("AK" + "IA" + letters(16, 3).uppercased(), inNames: true) { "aws_access_key_id is \($0)" },
            Canary("gh" + "p_" + letters(36, 4), inNames: true) { "git clone with \($0)" },
            Canary("xo" + "xb-" + digits(12, 5) + "-" + digits(12, 6) + "-" + letters(24, 7), inNames: true) {
                "the bot's \($0)"
            },
            Canary("AI" + "za" + letters(35, 8), inNames: true) { "maps?key=\($0)" },
            Canary("sk" + "_live_" + letters(24, 9), inNames: true) { "charge with \($0), please" },
            Canary("ey" + "JhbGciOiJIUzI1NiJ9." + "ey" + letters(40, 10) + "." + letters(43, 11), inNames: true) {
                "session \($0)"
            },
            Canary(letters(40, 12)) { "Authorization: Bearer \($0)" },
            Canary(letters(18, 13)) { "https://librarian:\($0)@catalogue.example/items/7" },
            Canary(letters(22, 14)) { "https://catalogue.example/items?page=2&api_key=\($0)" },
            Canary(letters(20, 15)) { "password=\($0)" },
            Canary(hexadecimal(32, 16)) { "https://\($0)@o447.ingest.sentry.io/4507" },
            Canary("quill." + letters(8, 18).lowercased() + "@" + "readers.example") { "Write to \($0)." },
            Canary(card("453957" + digits(9, 19))) { "Charge card \($0)" },
            Canary(grouped(card("555555" + digits(9, 20)))) { "Charge card \($0) instead" },
            Canary(registered, inNames: true) { "The partner said \($0) to me" },
        ]

    private static func text(_ count: Int, of alphabet: StaticString, _ seed: UInt64) -> String {
        var draw = SplitMix64(seed: seed)
        let characters = Array(alphabet.description)
        return String((0..<count).map { _ in characters[Int.random(in: 0..<characters.count, using: &draw)] })
    }

    private static func letters(_ count: Int, _ seed: UInt64) -> String {
        text(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", seed)
    }

    private static func digits(_ count: Int, _ seed: UInt64) -> String { text(count, of: "0123456789", seed) }

    private static func hexadecimal(_ count: Int, _ seed: UInt64) -> String {
        text(count, of: "0123456789abcdef", seed)
    }

    /// The digits with the one after them that Luhn's sum wants.
    private static func card(_ digits: String) -> String {
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let value = digit.element.wholeNumberValue ?? 0
            let weighted = digit.offset.isMultiple(of: 2) ? value * 2 : value
            return sum + weighted / 10 + weighted % 10
        }
        return digits + String((10 - sum % 10) % 10)
    }

    private static func grouped(_ digits: String) -> String {
        stride(from: 0, to: digits.count, by: 4).map { String(digits.dropFirst($0).prefix(4)) }.joined(separator: "-")
    }
}

extension Canary {
    fileprivate init(_ secret: String, inNames isFoundInNames: Bool = false, _ phrase: (String) -> String) {
        self.init(secret: secret, isFoundInNames: isFoundInNames, phrase: phrase(secret))
    }
}
