import MonitoringCore

/// Which model the demo asks, by the environment: a plugin so that its variables are declared, its key is kept out of all
/// text, and the start-up lines tell who answers.
final class ChatModel: MonitoringPlugin {
    /// The API that is asked; nil for the script.
    let api: OpenAIAPI?

    init(_ settings: OpenAISettings) {
        self.api = settings.api
    }

    var startupSummary: String {
        api.map { "\($0.model) at \($0.host)" } ?? "answers come from a script, no OPENAI_BASE_URL is in force"
    }
}

extension Monitor.PluginFactory {
    /// The model that the demo asks.
    static var chatModel: Self {
        Self(
            "chat-model", flag: .on("ENABLE_CHAT_MODEL"), configure: nil as (@Sendable (inout OpenAISettings) -> Void)?
        ) {
            settings, _ in ChatModel(settings)
        }
    }
}
