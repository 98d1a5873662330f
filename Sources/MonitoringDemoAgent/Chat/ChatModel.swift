import Foundation
import MonitoringCore

/// Which model the demo asks, by the environment: a plugin so that its variables are declared, its key is kept out of all
/// text, and the start-up lines tell who answers.
final class ChatModel: MonitoringPlugin {
    let settings: OpenAISettings

    init(_ settings: OpenAISettings) {
        self.settings = settings
    }

    var startupSummary: String {
        guard settings.isEnabled else { return "answers come from a script, OPENAI_BASE_URL is not set" }
        return "\(settings.model) at \(settings.baseURL.host ?? "")"
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
