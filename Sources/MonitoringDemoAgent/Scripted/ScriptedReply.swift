/// What the scripted responder says to one request, and in which pieces.
struct ScriptedReply: Sendable, Hashable {
    struct Piece: Sendable, Hashable {
        var text: String
        var delay: Duration
    }

    var response: ChatResponse
    var pieces: [Piece]

    init(to request: ChatRequest, using draw: inout SplitMix64) {
        let turn = ScriptedTurn(request)
        let calls = turn.nextCalls(using: &draw).enumerated().map { position, call in
            ToolCall(id: "call_\(Self.token(using: &draw))_\(position)", name: call.tool, arguments: call.arguments)
        }
        let text = calls.isEmpty ? turn.answer : ""
        let thoughts = calls.isEmpty ? 0 : 8 + 2 * TokenCount.of(turn.question)
        let written =
            TokenCount.of(text) + calls.map { TokenCount.of($0.name) + TokenCount.of($0.arguments.json) }.reduce(0, +)
        self.response = ChatResponse(
            id: "chatcmpl-\(Self.token(using: &draw))",
            model: "\(request.model)-2025-06",
            message: .assistant(text, calling: calls),
            finishReason: calls.isEmpty ? .stop : .toolCalls,
            usage: ChatResponse.Usage(
                input: TokenCount.of(request),
                cachedInput: TokenCount.cached(of: request),
                output: written + thoughts,
                reasoning: thoughts
            )
        )
        self.pieces = Self.pieces(of: text, using: &draw)
    }

    /// The text cut after every one to four words.
    private static func pieces(of text: String, using draw: inout SplitMix64) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while !rest.isEmpty {
            var end = rest.startIndex
            for _ in 0..<Int.random(in: 1...4, using: &draw) where end < rest.endIndex {
                let next = rest.index(after: end)
                end = rest[next...].firstIndex(of: " ") ?? rest.endIndex
            }
            let delay = Duration.microseconds(Int.random(in: 500...2500, using: &draw))
            pieces.append(Piece(text: String(rest[..<end]), delay: delay))
            rest = rest[end...]
        }
        return pieces
    }

    private static func token(using draw: inout SplitMix64) -> String {
        let digits = String(draw.next(), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
