/// Counts tokens about as a model would: four bytes of text a token, and a few for each message.
enum TokenCount {
    private static let perMessage = 3
    /// Providers keep the start of a prompt in blocks of this many tokens.
    private static let cacheBlock = 16

    static func of(_ text: String) -> Int { (text.utf8.count + 3) / 4 }

    static func of(_ message: ChatMessage) -> Int {
        perMessage + of(message.content) + message.toolCalls.map { of($0.name) + of($0.arguments.json) }.reduce(0, +)
    }

    static func of(_ request: ChatRequest) -> Int {
        request.messages.map(of).reduce(of(request.tools), +)
    }

    /// The tokens that the provider has read before: everything up to the last answer of its own, in whole blocks.
    static func cached(of request: ChatRequest) -> Int {
        guard let last = request.messages.lastIndex(where: { $0.role == .assistant }) else { return 0 }
        return request.messages[..<last].map(of).reduce(of(request.tools), +) / cacheBlock * cacheBlock
    }

    private static func of(_ tools: [ToolDescription]) -> Int {
        tools.map { tool in
            tool.parameters.map { of($0.name) + of($0.description) }.reduce(of(tool.name) + of(tool.description), +)
        }.reduce(0, +)
    }
}
