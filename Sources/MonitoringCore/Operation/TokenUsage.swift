/// Token counts that an operation and its children used, by OpenTelemetry's inclusive meaning.
package struct TokenUsage: Sendable, Hashable {
    package var input: Int64 = 0
    package var output: Int64 = 0
    package var cacheRead: Int64 = 0
    package var cacheWrite: Int64 = 0
    package var reasoning: Int64 = 0

    package init() {}

    package var isEmpty: Bool { input | output | cacheRead | cacheWrite | reasoning == 0 }

    /// Adds, and stays at the largest number rather than overflowing.
    package mutating func add(_ other: TokenUsage) {
        input = Self.sum(input, other.input)
        output = Self.sum(output, other.output)
        cacheRead = Self.sum(cacheRead, other.cacheRead)
        cacheWrite = Self.sum(cacheWrite, other.cacheWrite)
        reasoning = Self.sum(reasoning, other.reasoning)
    }

    /// The usage that a list of attributes tells; negative counts count as none.
    package init(_ attributes: [Monitor.Attribute]) {
        for attribute in attributes where attribute.key.valueClass == .usage {
            guard case .int(let count) = attribute.value, count >= 0 else { continue }
            switch attribute.key {
            case Self.inputKey: input = count
            case Self.outputKey: output = count
            case Self.cacheReadKey: cacheRead = count
            case Self.cacheWriteKey: cacheWrite = count
            case Self.reasoningKey: reasoning = count
            default: break
            }
        }
    }

    /// The counts as attributes, those that are zero left out.
    package var attributes: [Monitor.Attribute] {
        [
            (Self.inputKey, input), (Self.outputKey, output), (Self.cacheReadKey, cacheRead),
            (Self.cacheWriteKey, cacheWrite), (Self.reasoningKey, reasoning),
        ].compactMap { key, count in count == 0 ? nil : Monitor.Attribute(key, .int(count)) }
    }

    private static var inputKey: Monitor.AttributeKey { Monitor.Detail<Int>.inputTokens.key }
    private static var outputKey: Monitor.AttributeKey { Monitor.Detail<Int>.outputTokens.key }
    private static var cacheReadKey: Monitor.AttributeKey { Monitor.Detail<Int>.cacheReadInputTokens.key }
    private static var cacheWriteKey: Monitor.AttributeKey { Monitor.Detail<Int>.cacheWriteInputTokens.key }
    private static var reasoningKey: Monitor.AttributeKey { Monitor.Detail<Int>.reasoningOutputTokens.key }

    private static func sum(_ first: Int64, _ second: Int64) -> Int64 {
        let (sum, overflow) = first.addingReportingOverflow(second)
        return overflow ? .max : sum
    }
}
