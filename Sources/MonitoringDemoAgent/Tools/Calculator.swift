import Foundation

/// Evaluates arithmetic: `+ - * / %`, `^` (binds to the right and tighter than a sign), signs and parentheses.
///
/// Values are computed while parsing, so that a long chain of operators needs no deep tree; nesting is bounded.
struct Calculator {
    /// How deep parentheses, signs and powers may nest.
    static let deepestNesting = 200

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// The value of an expression.
    ///
    /// - Throws: ``CalculatorError``; positions count UTF-8 bytes from 0.
    static func evaluate(_ expression: String) throws(CalculatorError) -> Double {
        var calculator = Calculator(bytes: Array(expression.utf8))
        guard calculator.peek() != nil else { throw .empty }
        let value = try calculator.sum()
        if let rest = calculator.peek() { throw calculator.unexpected(rest) }
        return value
    }

    /// A result as people write it: whole numbers without a fraction, others with at most ten significant digits.
    static func text(of value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return String(format: "%.10g", value)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func sum() throws(CalculatorError) -> Double {
        var value = try product()
        while let operation = take(anyOf: "+-") {
            let right = try product()
            value = try finite(operation == UInt8(ascii: "+") ? value + right : value - right)
        }
        return value
    }

    private mutating func product() throws(CalculatorError) -> Double {
        var value = try signed()
        while let operation = take(anyOf: "*/%") {
            let start = position - 1
            let right = try signed()
            if operation != UInt8(ascii: "*"), right == 0 { throw .divisionByZero(at: start) }
            switch operation {
            case UInt8(ascii: "*"): value = try finite(value * right)
            case UInt8(ascii: "/"): value = try finite(value / right)
            default: value = try finite(value.truncatingRemainder(dividingBy: right))
            }
        }
        return value
    }

    private mutating func signed() throws(CalculatorError) -> Double {
        guard let sign = take(anyOf: "+-") else { return try power() }
        let value = try nested { (inner: inout Calculator) throws(CalculatorError) in try inner.signed() }
        return sign == UInt8(ascii: "-") ? -value : value
    }

    private mutating func power() throws(CalculatorError) -> Double {
        let base = try operand()
        guard take(anyOf: "^") != nil else { return base }
        let start = position - 1
        let exponent = try nested { (inner: inout Calculator) throws(CalculatorError) in try inner.signed() }
        if base == 0, exponent < 0 { throw .divisionByZero(at: start) }
        return try finite(pow(base, exponent))
    }

    private mutating func operand() throws(CalculatorError) -> Double {
        guard let byte = peek() else { throw .unexpectedEnd }
        if byte == UInt8(ascii: "(") {
            let start = position
            position += 1
            let value = try nested { (inner: inout Calculator) throws(CalculatorError) in try inner.sum() }
            guard take(anyOf: ")") != nil else {
                if let other = peek() { throw unexpected(other) }
                throw .unclosedParenthesis(at: start)
            }
            return value
        }
        guard byte.isDigit || byte == UInt8(ascii: ".") else { throw unexpected(byte) }
        return try number()
    }

    private mutating func number() throws(CalculatorError) -> Double {
        let start = position
        while position < bytes.count, bytes[position].isDigit || bytes[position] == UInt8(ascii: ".") { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text) else { throw .malformedNumber(text, at: start) }
        return try finite(value)
    }

    private mutating func nested(
        _ body: (inout Calculator) throws(CalculatorError) -> Double
    ) throws(CalculatorError) -> Double {
        guard depth < Self.deepestNesting else { throw .nestedTooDeep(limit: Self.deepestNesting) }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    private func finite(_ value: Double) throws(CalculatorError) -> Double {
        guard value.isFinite else { throw .outOfRange }
        return value
    }

    /// The next byte that is not a blank.
    private mutating func peek() -> UInt8? {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t") {
            position += 1
        }
        return position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(anyOf operators: StaticString) -> UInt8? {
        guard let byte = peek(), operators.description.utf8.contains(byte) else { return nil }
        position += 1
        return byte
    }

    private func unexpected(_ byte: UInt8) -> CalculatorError {
        let rest = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
        return .unexpectedCharacter(rest.first.map(String.init) ?? "", at: position)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
