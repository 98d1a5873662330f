/// Something that the agent can have done.
protocol Tool: Sendable {
    /// What the model is told.
    var description: ToolDescription { get }

    /// Does it and gives the result as text for the model.
    ///
    /// - Throws: ``ToolError``, or what the tool's own work throws.
    func call(_ arguments: ToolArguments, for session: Session) async throws -> String
}
