/// Token counts that an operation and its children used, by OpenTelemetry's inclusive meaning.
package struct TokenUsage: Sendable, Hashable {
    package var input: Int64 = 0
    package var output: Int64 = 0
    package var cacheRead: Int64 = 0
    package var cacheWrite: Int64 = 0
    package var reasoning: Int64 = 0

    package init() {}

    package var isEmpty: Bool { self == TokenUsage() }

    /// Adds, and stays at the largest number rather than overflowing.
    package mutating func add(_ other: TokenUsage) {
        for field in Self.fields {
            let (sum, overflow) = self[keyPath: field.path].addingReportingOverflow(other[keyPath: field.path])
            self[keyPath: field.path] = overflow ? .max : sum
        }
    }

    /// The usage that a list of attributes tells.
    package init(_ attributes: [Monitor.Attribute]) {
        for attribute in attributes where attribute.key.valueClass == .usage {
            guard case .int(let count) = attribute.value, count >= 0 else { continue }
            for field in Self.fields where field.key.name == attribute.key.name { self[keyPath: field.path] = count }
        }
    }

    /// The counts as attributes, those that are zero left out.
    package var attributes: [Monitor.Attribute] {
        Self.fields.compactMap { field in
            self[keyPath: field.path] == 0 ? nil : Monitor.Attribute(field.key, .int(self[keyPath: field.path]))
        }
    }

    private struct Field {
        let key: Monitor.AttributeKey
        let path: any WritableKeyPath<TokenUsage, Int64> & Sendable
    }

    private static let fields = [
        Field(key: Monitor.Detail<Int>.inputTokens.key, path: \.input),
        Field(key: Monitor.Detail<Int>.outputTokens.key, path: \.output),
        Field(key: Monitor.Detail<Int>.cacheReadInputTokens.key, path: \.cacheRead),
        Field(key: Monitor.Detail<Int>.cacheWriteInputTokens.key, path: \.cacheWrite),
        Field(key: Monitor.Detail<Int>.reasoningOutputTokens.key, path: \.reasoning),
    ]
}
