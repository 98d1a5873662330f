import Testing

@testable import MonitoringDemoAgent

struct CalculatorTests {
    @Test(
        arguments: [
            ("1", 1), ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("8 - 3 - 2", 3), ("16 / 4 / 2", 2), ("7 % 4", 3),
            ("-7 % 4", -3), ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("(-2) ^ 2", 4), ("2 ^ -1", 0.5), ("--3", 3),
            ("-+-3", 3),
            ("2 * -3", -6), ("1-1", 0), (" \t1 +\t1 ", 2), (".5 * 4.", 2), ("3 * 12 * 0.25", 9), ("((((4))))", 4),
            ("0 / 5", 0), ("0 ^ 0", 1), ("1.5e", nil), ("9 - -9", 18),
        ] as [(String, Double?)])
    func `evaluates with the usual precedence`(expression: String, value: Double?) {
        #expect((try? Calculator.evaluate(expression)) == value)
    }

    @Test(
        arguments: [
            ("", .empty), ("   ", .empty), ("1 +", .unexpectedEnd), ("(1 + 2", .unclosedParenthesis(at: 0)),
            ("2 * (3 + (1)", .unclosedParenthesis(at: 4)), ("1 + x", .unexpectedCharacter("x", at: 4)),
            ("1 2", .unexpectedCharacter("2", at: 2)), ("1)", .unexpectedCharacter(")", at: 1)),
            ("*3", .unexpectedCharacter("*", at: 0)), ("()", .unexpectedCharacter(")", at: 1)),
            ("(1 ü", .unexpectedCharacter("ü", at: 3)), ("1.2.3", .malformedNumber("1.2.3", at: 0)),
            ("4 + .", .malformedNumber(".", at: 4)), ("5 / (3 - 3)", .divisionByZero(at: 2)),
            ("5 % 0", .divisionByZero(at: 2)), ("0 ^ -1", .divisionByZero(at: 2)), ("9 ^ 9 ^ 9", .outOfRange),
            ("(-8) ^ 0.5", .outOfRange),
        ] as [(String, CalculatorError)])
    func `says what is wrong and where`(expression: String, error: CalculatorError) {
        #expect(throws: error) { try Calculator.evaluate(expression) }
    }

    @Test(arguments: ["(", "-", "2^"])
    func `nesting is bounded and length is not`(nesting: String) throws {
        #expect(throws: CalculatorError.nestedTooDeep(limit: Calculator.deepestNesting)) {
            try Calculator.evaluate(String(repeating: nesting, count: 100_000) + "1")
        }
        #expect(try Calculator.evaluate("0" + String(repeating: "+1", count: 100_000)) == 100_000)
    }

    @Test(arguments: [
        (9.0, "9"), (-0.0, "0"), (2.5, "2.5"), (1.0 / 3, "0.3333333333"), (0.1 + 0.2, "0.3"), (1e20, "1e+20"),
    ])
    func `writes results as people do`(value: Double, text: String) {
        #expect(Calculator.text(of: value) == text)
    }

    @Test func `agrees with a tree evaluated on its own, for any tree`() throws {
        var draw = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            let tree = Tree.random(depth: 5, using: &draw)
            if let expected = tree.value, expected.isFinite {
                #expect(try Calculator.evaluate(tree.text) == expected, "\(tree.text)")
            }
        }
    }

    @Test func `any bytes give a value or a typed error`() {
        var draw = SplitMix64(seed: 11)
        let alphabet = Array("0123456789.+-*/%^() \taé\u{0}".unicodeScalars)
        var values = 0
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...24, using: &draw) {
                text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &draw)])
            }
            do throws(CalculatorError) {
                let value = try Calculator.evaluate(String(text))
                #expect(value.isFinite)
                values += 1
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(values > 0)
    }
}

/// An expression that knows its own value, written with all its parentheses.
private indirect enum Tree {
    case number(Int)
    case negative(Tree)
    case pair(Tree, Character, Tree)

    static func random(depth: Int, using draw: inout SplitMix64) -> Tree {
        guard depth > 0, !draw.chance(0.2) else { return .number(Int.random(in: 0...9, using: &draw)) }
        if draw.chance(0.15) { return .negative(random(depth: depth - 1, using: &draw)) }
        let operation: Character = "+-*/".randomElement(using: &draw) ?? "+"
        return .pair(random(depth: depth - 1, using: &draw), operation, random(depth: depth - 1, using: &draw))
    }

    var text: String {
        switch self {
        case .number(let number): String(number)
        case .negative(let tree): "-(\(tree.text))"
        case .pair(let left, let operation, let right): "(\(left.text)) \(operation) (\(right.text))"
        }
    }

    var value: Double? {
        switch self {
        case .number(let number): return Double(number)
        case .negative(let tree): return tree.value.map { -$0 }
        case .pair(let left, let operation, let right):
            guard let left = left.value, let right = right.value else { return nil }
            switch operation {
            case "+": return left + right
            case "-": return left - right
            case "*": return left * right
            default: return right == 0 ? nil : left / right
            }
        }
    }
}
