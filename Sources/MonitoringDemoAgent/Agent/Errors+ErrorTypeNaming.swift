import MonitoringCore

// What `error.type` says: words that a dashboard can be built on, rather than names of types.

extension ChatError: Monitor.ErrorTypeNaming {
    var monitoringErrorType: String {
        switch self {
        case .rateLimited: "rate_limited"
        case .timeout: "timeout"
        case .server(let status, _): String(status)
        case .incomplete: "incomplete"
        case .malformed: "malformed_response"
        case .unreachable: "unreachable"
        }
    }
}

extension HTTPFailure: Monitor.ErrorTypeNaming {
    var monitoringErrorType: String {
        switch self {
        case .unreachable: "unreachable"
        case .timeout: "timeout"
        case .broken: "connection_broken"
        case .tooLong: "response_too_long"
        }
    }
}

extension ToolError: Monitor.ErrorTypeNaming {
    var monitoringErrorType: String {
        switch self {
        case .unknownTool: "unknown_tool"
        case .invalidArguments: "invalid_arguments"
        case .calculation: "calculation"
        case .unavailable: "unavailable"
        }
    }
}
