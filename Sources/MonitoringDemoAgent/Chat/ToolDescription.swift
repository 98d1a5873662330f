/// What a model is told about a tool.
///
/// All parameters are strings and required.
struct ToolDescription: Sendable, Hashable {
    struct Parameter: Sendable, Hashable {
        var name: String
        var description: String
    }

    var name: String
    var description: String
    var parameters: [Parameter]
}
