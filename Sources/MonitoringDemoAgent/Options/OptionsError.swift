/// What is wrong with the command line.
enum OptionsError: Error, Hashable {
    case unknownOption(String)
    case unexpectedArgument(String)
    case missingValue(String)
    case unexpectedValue(String)
    case invalidValue(String, String, expected: String)
}

extension OptionsError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unknownOption(let option): "unknown option \(option)"
        case .unexpectedArgument(let argument): "unexpected argument '\(argument)'"
        case .missingValue(let option): "\(option) needs a value"
        case .unexpectedValue(let option): "\(option) takes no value"
        case .invalidValue(let option, let value, let expected): "\(option) is '\(value)' but must be \(expected)"
        }
    }
}
