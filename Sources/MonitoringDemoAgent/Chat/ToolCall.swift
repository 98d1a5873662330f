/// A model's wish to have a tool run.
struct ToolCall: Sendable, Hashable {
    var id: String
    var name: String
    var arguments: ToolArguments
}
