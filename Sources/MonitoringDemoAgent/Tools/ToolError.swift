/// Why a tool gave no result.
enum ToolError: Error, Hashable {
    case unknownTool(String)
    case invalidArguments(tool: String, reason: String)
    case calculation(CalculatorError)
    case unavailable(tool: String)
}

extension ToolError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unknownTool(let name): "there is no tool '\(name)'"
        case .invalidArguments(let tool, let reason): "invalid arguments for \(tool): \(reason)"
        case .calculation(let error): error.description
        case .unavailable(let tool): "\(tool) is not available"
        }
    }
}
