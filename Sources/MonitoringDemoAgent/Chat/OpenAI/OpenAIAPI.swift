import Foundation

/// An API that speaks as OpenAI's chat completions do, and the model that is asked there.
struct OpenAIAPI: Sendable, Hashable {
    /// What the API's paths are appended to.
    var baseURL: URL
    var key: String?
    var model: String
    /// The longest silence of the model.
    var timeout: Duration

    /// Whether it is OpenAI itself, whose newer models refuse the older names that all others know.
    var isOpenAI: Bool { host == "api.openai.com" }

    /// Who serves the model; `openai` for all that only speak as OpenAI does.
    var provider: String {
        Self.providers.first { host == $0.key || host.hasSuffix(".\($0.key)") }?.value ?? "openai"
    }

    var host: String { baseURL.host?.lowercased() ?? "" }

    /// Hosts of well-known providers, and how OpenTelemetry's `gen_ai.provider.name` calls them.
    private static let providers = [
        "openai.azure.com": "azure.ai.openai",
        "services.ai.azure.com": "azure.ai.inference",
        "api.mistral.ai": "mistral_ai",
        "api.groq.com": "groq",
        "api.deepseek.com": "deepseek",
        "api.perplexity.ai": "perplexity",
        "api.x.ai": "x_ai",
        "api.anthropic.com": "anthropic",
        "api.cohere.ai": "cohere",
        "generativelanguage.googleapis.com": "gcp.gemini",
    ]
}
