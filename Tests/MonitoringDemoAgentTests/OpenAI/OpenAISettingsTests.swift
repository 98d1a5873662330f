import Foundation
import MonitoringCore
import MonitoringTesting
import Testing

@testable import MonitoringDemoAgent

struct OpenAISettingsTests {
    private func settings(_ variables: [String: String]) -> (OpenAISettings, [Monitor.Problem]) {
        var settings = OpenAISettings()
        var problems: [Monitor.Problem] = []
        settings.apply(Monitor.Environment(variables)) { problems.append($0) }
        return (settings, problems)
    }

    @Test func `nothing set is no model`() {
        let (settings, problems) = settings(["OPENAI_MODEL": "x"])
        #expect(settings.api == nil && problems.isEmpty)
    }

    @Test func `a key alone is OpenAI's own`() throws {
        let (settings, problems) = settings(["OPENAI_API_KEY": " k-1\n"])
        let api = try #require(settings.api)
        #expect(api.key == "k-1" && problems.isEmpty)
        #expect(api.baseURL.absoluteString == "https://api.openai.com/v1" && api.isOpenAI)
        #expect(api.model == "gpt-4o-mini" && api.timeout == .seconds(30))
    }

    @Test func `a URL needs no key`() throws {
        let (settings, problems) = settings([
            "OPENAI_BASE_URL": "http://127.0.0.1:1234/v1", "OPENAI_MODEL": "llama", "OPENAI_TIMEOUT": "1500",
        ])
        let api = try #require(settings.api)
        #expect(api.key == nil && problems.isEmpty)
        #expect(api.model == "llama" && api.timeout == .milliseconds(1500) && api.provider == "openai")
    }

    @Test(arguments: [
        "nonsense", "ftp://host/v1", "http://", "http://user:secret-pw@host/v1", "http://host/v1?key=secret-pw",
        "http://host/v1#x",
    ])
    func `what is no such URL is told, without the value, and the script answers`(text: String) {
        let (settings, problems) = settings(["OPENAI_BASE_URL": text, "OPENAI_API_KEY": "k"])
        #expect(settings.api == nil && problems.count == 1)
        #expect(problems.first?.subject == "OPENAI_BASE_URL")
        #expect(problems.first?.description.contains("secret-pw") == false)
    }

    @Test func `a key that no header may hold is told, without the value`() {
        let (settings, problems) = settings(["OPENAI_API_KEY": "secret-key\r\nX-Other: 1"])
        #expect(settings.api == nil && problems.count == 1 && problems.first?.subject == "OPENAI_API_KEY")
        #expect(problems.first?.description.contains("secret-key") == false)
    }

    @Test(arguments: ["0", "-1", "soon", "3600001"])
    func `a timeout that is none is told, and the default holds`(text: String) {
        let (settings, problems) = settings(["OPENAI_API_KEY": "k", "OPENAI_TIMEOUT": text])
        #expect(settings.api?.timeout == .seconds(30) && problems.map(\.subject) == ["OPENAI_TIMEOUT"])
    }

    @Test(arguments: [
        ("https://api.openai.com/v1", "openai"), ("http://127.0.0.1:11434/v1", "openai"),
        ("https://mine.openai.azure.com/openai/v1", "azure.ai.openai"), ("https://api.mistral.ai/v1", "mistral_ai"),
        ("https://api.groq.com/openai/v1", "groq"), ("https://API.X.AI/v1", "x_ai"),
        ("https://notapi.x.ai.example/v1", "openai"),
    ])
    func `the provider is known by its host`(text: String, provider: String) {
        #expect(settings(["OPENAI_BASE_URL": text]).0.api?.provider == provider)
    }

    @Test func `the key is in no text that leaves, and the start says who answers`() async throws {
        let key = "violet-lantern-4711-under-the-stairs"
        let telemetry = try await TestMonitor(
            .chatModel,
            environment: Monitor.Environment(["OPENAI_API_KEY": key, "OPENAI_MODEL": "m-9"])
        )
        telemetry.monitor.observe(.custom("note")) { $0.detail("text", "the key is \(key).") }
        let operation = try #require(telemetry.operation("note"))
        #expect(operation.attributes.contains { "\($0)".contains("the key is") })
        #expect(!operation.attributes.contains { "\($0)".contains(key) })
        let model = try #require(telemetry.monitor.plugin(ChatModel.self))
        #expect(model.startupSummary == "m-9 at api.openai.com")
    }

    @Test func `the plugin stands the conformance suite`() async {
        #expect(await PluginConformance.check(.chatModel) == [])
    }
}
