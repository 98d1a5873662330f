extension Monitor {
    /// Who says what is captured as content.
    ///
    /// Written as a literal: `operation.content("user", question)`.
    public struct ContentRole: Sendable, Hashable, ExpressibleByStringLiteral {
        /// The role's name on the wire.
        public let rawValue: String

        /// A role by name.
        public init(stringLiteral value: String) {
            self.rawValue = value
        }

        /// What the model was told to be.
        public static let system: ContentRole = "system"
        /// What was asked.
        public static let user: ContentRole = "user"
        /// What the model answered.
        public static let assistant: ContentRole = "assistant"
        /// What a tool answered to the model.
        public static let tool: ContentRole = "tool"
        /// What a tool was called with.
        public static let toolArguments: ContentRole = "tool.arguments"
        /// What a tool gave back.
        public static let toolResult: ContentRole = "tool.result"
    }
}

/// Renders captured messages as the GenAI conventions' attributes: JSON texts, so that every backend can read them.
enum ContentMessages {
    static func attributes(of messages: [CapturedMessage]) -> [Monitor.Attribute] {
        var input: [Monitor.Value] = []
        var output: [Monitor.Value] = []
        var system: [Monitor.Value] = []
        var result: [Monitor.Attribute] = []
        for message in messages {
            switch message.role {
            case .system: system.append(part(message.text))
            case .assistant: output.append(self.message(message.role, message.text))
            case .toolArguments: result.append(attribute("gen_ai.tool.call.arguments", message.text))
            case .toolResult: result.append(attribute("gen_ai.tool.call.result", message.text))
            default: input.append(self.message(message.role, message.text))
            }
        }
        for (name, values) in [
            ("gen_ai.system_instructions", system), ("gen_ai.input.messages", input),
            ("gen_ai.output.messages", output),
        ] where !values.isEmpty {
            result.append(attribute(name, Monitor.Value.array(values).description))
        }
        return result
    }

    private static func attribute(_ name: String, _ text: String) -> Monitor.Attribute {
        Monitor.Attribute(Monitor.AttributeKey(name, .text, isLabel: false), .string(text))
    }

    private static func message(_ role: Monitor.ContentRole, _ text: String) -> Monitor.Value {
        .map([Monitor.KeyValue("role", .string(role.rawValue)), Monitor.KeyValue("parts", .array([part(text)]))])
    }

    private static func part(_ text: String) -> Monitor.Value {
        .map([Monitor.KeyValue("type", .string("text")), Monitor.KeyValue("content", .string(text))])
    }
}
