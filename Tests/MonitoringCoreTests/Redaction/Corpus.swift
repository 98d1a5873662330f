import Foundation
import Testing

/// The redaction corpus: lines with marked secrets, and lines without any (`Fixtures/redaction/README.md`).
struct Corpus {
    struct Line: CustomStringConvertible {
        var category: String
        /// The text as the gate gets it.
        var text: String
        /// The text as the gate should give it.
        var expected: String
        /// The texts that must go.
        var secrets: [String]

        var description: String { "\(category): \(text)" }

        init(category: String, marked: String) {
            var text = ""
            var expected = ""
            var secrets: [String] = []
            var secret: String?
            for character in marked where character != "¦" {
                switch character {
                case "⟦":
                    secret = ""
                    expected += "[redacted]"
                case "⟧":
                    if let found = secret { secrets.append(found) }
                    secret = nil
                default:
                    let plain: Character = character == "␤" ? "\n" : character
                    text.append(plain)
                    if secret == nil { expected.append(plain) } else { secret?.append(plain) }
                }
            }
            self.category = category
            self.text = text
            self.expected = expected
            self.secrets = secrets
        }
    }

    static func load(_ name: String) throws -> [Line] {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Fixtures/redaction")
        )
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("# ") else { return nil }
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return Line(category: String(parts[0]), marked: String(parts[1]))
        }
    }

    /// Every token shape in many surroundings: made anew from the seed, the same every time.
    static func generatedPositives(seed: UInt64) -> [Line] {
        var random = SeededGenerator(seed: seed)
        let surroundings = [
            "%", "key %", "%.", "(%)", "\"%\"", "'%',", "<%>", "a=%&b=c", "x: %", "url?x=%", "\\n%\\n", "%␤next", "[%]",
            "日本%語",
            "{\"t\":\"%\"}", "failed with % at step 2", "%20% ", "`%`",
        ]
        return shapes.flatMap { prefix, alphabet, length in
            surroundings.map { surrounding in
                let body = String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "x" })
                let marked = "⟦\(prefix)\(body.dropLast(2))1a⟧"
                let text =
                    surrounding.hasPrefix("%20") ? "%20" + marked + " " : surrounding.replacing("%", with: marked)
                return Line(category: "generated", marked: text)
            }
        }
    }

    /// Random ids, hashes, numbers and words that are no secrets.
    static func generatedNegatives(seed: UInt64) -> [Line] {
        var random = SeededGenerator(seed: seed)
        func hex(_ count: Int) -> String {
            String((0..<count).map { _ in "0123456789abcdef".randomElement(using: &random) ?? "0" })
        }
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
        }
        return (0..<100).flatMap { _ in
            [
                "\(hex(8))-\(hex(4))-4\(hex(3))-a\(hex(3))-\(hex(12))", hex(32), hex(64), "00-\(hex(32))-\(hex(16))-01",
                "span \(hex(16)) took \(digits(3)).\(digits(6)) ms", "17\(digits(17))", "\(digits(10)).\(digits(9))",
                "sha256:\(hex(64))", "request_id=req_\(hex(24)) status=200",
                "{\"id\":\(digits(16)),\"n\":\(digits(4))}",
                "/v1/threads/thread_\(hex(20))/runs",
                "\(digits(4))-\(digits(2))-\(digits(2))T\(digits(2)):\(digits(2)):\(digits(2))Z",
                "0x\(hex(16))", "+49 \(digits(3)) \(digits(7))",
                "\(digits(1)),\(digits(3)),\(digits(3)).\(digits(2)) EUR",
                "model-\(hex(6))@sha256:\(hex(64))", "10.\(digits(2)).\(digits(2)).1:\(digits(4))",
            ].map { Line(category: "generated", marked: $0) }
        }
    }

    private static let shapes: [(String, String, Int)] = {
        let digits = "0123456789"
        let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let letters = upper + upper.lowercased()
        let alphanumeric = letters + digits
        let token = alphanumeric + "-_"
        let hex = digits + "abcdef"
        return [
            ("s¦k-", alphanumeric, 48), ("s¦k-proj-", token, 64), ("s¦k-ant-api03-", token, 80),
            ("gh¦p_", alphanumeric, 36),
            ("gh¦o_", alphanumeric, 36), ("gh¦u_", alphanumeric, 36), ("gh¦s_", alphanumeric, 36),
            ("gh¦r_", alphanumeric, 36),
            ("gith¦ub_pat_", alphanumeric + "_", 70), ("gl¦pat-", token, 20), ("xo¦xb-", alphanumeric + "-", 40),
            ("xo¦xp-", alphanumeric + "-", 40), ("xa¦pp-", alphanumeric + "-", 40), ("AI¦za", token, 35),
            ("ya¦29.", token, 60), ("sk¦_live_", alphanumeric, 24), ("rk¦_live_", alphanumeric, 24),
            ("sk¦_test_", alphanumeric, 24),
            ("np¦m_", alphanumeric, 36), ("h¦f_", alphanumeric, 34), ("S¦K", hex, 32), ("wh¦sec_", alphanumeric, 32),
            ("gs¦k_", alphanumeric, 52), ("GOC¦SPX-", token, 28), ("dop¦_v1_", hex, 64), ("shp¦at_", hex, 32),
            ("dckr¦_pat_", token, 27), ("r¦8_", alphanumeric, 37), ("pp¦lx-", alphanumeric, 48), ("hv¦s.", token, 40),
            ("S¦G.abcdefghijklmnopqrstuv.", token, 43), ("ey¦JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.", token, 43),
        ]
    }()
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
