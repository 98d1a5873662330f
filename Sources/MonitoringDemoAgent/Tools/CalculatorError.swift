/// Why an expression has no value.
///
/// Positions count UTF-8 bytes from 0.
enum CalculatorError: Error, Hashable {
    case empty
    case unexpectedCharacter(String, at: Int)
    case unexpectedEnd
    case unclosedParenthesis(at: Int)
    case malformedNumber(String, at: Int)
    case divisionByZero(at: Int)
    /// Too large for a double, or not a real number.
    case outOfRange
    case nestedTooDeep(limit: Int)
}

extension CalculatorError: CustomStringConvertible {
    var description: String {
        switch self {
        case .empty: "there is nothing to calculate"
        case .unexpectedCharacter(let character, let position): "unexpected '\(character)' at \(position)"
        case .unexpectedEnd: "the expression ends too early"
        case .unclosedParenthesis(let position): "the parenthesis at \(position) is never closed"
        case .malformedNumber(let text, let position): "'\(text)' at \(position) is no number"
        case .divisionByZero(let position): "division by zero at \(position)"
        case .outOfRange: "the result is out of range"
        case .nestedTooDeep(let limit): "nested deeper than \(limit)"
        }
    }
}
