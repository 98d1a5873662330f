import Foundation
import MonitoringCore

/// Which model behind an OpenAI-compatible API is asked, by the environment.
struct OpenAISettings: MonitoringConfiguration {
    private static let standardURL = "https://api.openai.com/v1"
    private static let standardModel = "gpt-4o-mini"
    private static let standardTimeout = Duration.seconds(30)

    /// The API that is asked; without one the demo answers from its script.
    var api: OpenAIAPI?

    static let baseURLVariable = Monitor.Variable(
        "OPENAI_BASE_URL",
        default: standardURL,
        meaning: "Where an OpenAI-compatible API answers, its version included; set, the demo asks it",
        allowed: "a URL with http or https"
    )
    static let keyVariable = Monitor.Variable(
        "OPENAI_API_KEY",
        meaning: "The key for that API; set, the demo asks it",
        isSecret: true
    )
    static let modelVariable = Monitor.Variable(
        "OPENAI_MODEL",
        default: standardModel,
        meaning: "The model that is asked for"
    )
    static let timeoutVariable = Monitor.Variable(
        "OPENAI_TIMEOUT",
        default: "30000",
        meaning: "The longest time in which nothing comes from the model, in milliseconds",
        allowed: "1 to 3600000"
    )

    static let variables = [baseURLVariable, keyVariable, modelVariable, timeoutVariable]

    mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        let key = environment.string(Self.keyVariable, report: report)?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let address = environment.string(Self.baseURLVariable, report: report)
        guard key != nil || address != nil else { return }
        guard let url = Self.url(address ?? Self.standardURL) else { return report(.noURL) }
        if let key, !key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) { return report(.noKey) }
        let timeout = environment.integer(Self.timeoutVariable, in: 1...3_600_000, report: report)
        api = OpenAIAPI(
            baseURL: url,
            key: key,
            model: environment.string(Self.modelVariable, report: report) ?? Self.standardModel,
            timeout: timeout.map { .milliseconds($0) } ?? Self.standardTimeout
        )
    }

    /// The URL of a text, if requests can be sent there and it holds no credentials, which would be seen in telemetry.
    private static func url(_ text: String) -> URL? {
        guard let url = URL(string: text.trimmingCharacters(in: .whitespacesAndNewlines)),
            ["http", "https"].contains(url.scheme?.lowercased()), url.host?.isEmpty == false,
            url.user == nil, url.password == nil, url.query == nil, url.fragment == nil
        else { return nil }
        return url
    }
}

extension Monitor.Problem {
    /// The value is not shown: it may hold a password.
    fileprivate static let noURL = Self(
        source: "chat-model",
        code: "invalid-value",
        subject: OpenAISettings.baseURLVariable.name,
        message: "OPENAI_BASE_URL is not the URL of an API, answers come from the script",
        fix: "set it to a URL with http or https and no credentials or query, such as http://127.0.0.1:11434/v1"
    )

    fileprivate static let noKey = Self(
        source: "chat-model",
        code: "invalid-value",
        subject: OpenAISettings.keyVariable.name,
        message: "OPENAI_API_KEY holds characters that no header may hold, answers come from the script",
        fix: "set it to the key alone, without quotes and line breaks"
    )
}
