extension Monitor.Work {
    /// One invocation of an agent in this process.
    ///
    /// Span: INTERNAL, `invoke_agent planner`.
    ///
    /// The token counts of everything that runs inside are added up on the span.
    ///
    /// - Parameters:
    ///   - name: The agent's name: few values.
    ///   - id: The agent's id.
    ///   - conversation: The conversation, when there is one; never invent one.
    ///   - provider: Who serves the agent's model, when it has one.
    ///   - model: The agent's model, when it has one.
    ///   - description: What the agent is for.
    /// - Returns: The work to observe.
    public static func agent(
        name: String,
        id: String? = nil,
        conversation: String? = nil,
        provider: String? = nil,
        model: String? = nil,
        description: String? = nil
    ) -> Self {
        var work = Self(.agent, Monitor.OperationName("invoke_agent", name), .internal)
        work.add(.genAIOperation, "invoke_agent")
        work.add(.agentName, name)
        work.add(.agentID, id)
        work.add(.conversationID, conversation)
        work.add(.genAIProvider, provider)
        work.add(.requestModel, model)
        work.add(.agentDescription, description)
        return work
    }

    /// One call of a chat model.
    ///
    /// Span: CLIENT, `chat claude-sonnet-4`.
    ///
    /// Set `operation[.inputTokens]` and the others before the end.
    ///
    /// - Parameters:
    ///   - provider: Who serves the model, by OpenTelemetry's names: `anthropic`, `openai`, `aws.bedrock`, ….
    ///   - model: The model that is asked for.
    ///   - streaming: Whether the answer is streamed.
    /// - Returns: The work to observe.
    public static func chat(provider: String, model: String, streaming: Bool = false) -> Self {
        Self.model(operation: "chat", provider: provider, model: model, streaming: streaming)
    }

    /// One call of an embedding model.
    ///
    /// Span: CLIENT, `embeddings text-embedding-3-small`.
    ///
    /// - Parameters:
    ///   - provider: Who serves the model.
    ///   - model: The model that is asked for.
    /// - Returns: The work to observe.
    public static func embeddings(provider: String, model: String) -> Self {
        Self.model(operation: "embeddings", provider: provider, model: model, streaming: false)
    }

    /// One search for documents that a model is to read.
    ///
    /// Span: CLIENT, `retrieval manuals`.
    ///
    /// - Parameter source: What is searched: an index, a collection.
    /// - Returns: The work to observe.
    public static func retrieval(source: String) -> Self {
        var work = Self(.retrieval, Monitor.OperationName("retrieval", source), .client)
        work.add(.genAIOperation, "retrieval")
        work.add(.dataSourceID, source)
        return work
    }

    /// One run of a tool.
    ///
    /// Span: INTERNAL, `execute_tool calculator`.
    ///
    /// - Parameters:
    ///   - name: The tool's name: few values.
    ///   - callID: The provider's id of the call.
    /// - Returns: The work to observe.
    public static func tool(name: String, callID: String? = nil) -> Self {
        var work = Self(.tool, Monitor.OperationName("execute_tool", name), .internal)
        work.add(.genAIOperation, "execute_tool")
        work.add(.toolName, name)
        work.add(.toolCallID, callID)
        return work
    }

    /// One Model Context Protocol message.
    ///
    /// Span: CLIENT or SERVER, `tools/call search`.
    ///
    /// Context travels in the message's `_meta`: give that to `continuing:`, and `inject(into:)` to write it.
    ///
    /// - Parameters:
    ///   - method: The message's method, such as `tools/call`.
    ///   - tool: The tool, for `tools/call`.
    ///   - prompt: The prompt, for `prompts/get`.
    ///   - session: The session's id.
    ///   - requestID: The JSON-RPC id of the message, as text.
    ///   - isServer: Whether this process serves the message rather than sending it.
    /// - Returns: The work to observe.
    public static func mcp(
        method: String,
        tool: String? = nil,
        prompt: String? = nil,
        session: String? = nil,
        requestID: String? = nil,
        isServer: Bool = false
    ) -> Self {
        var work = Self(.mcp, Monitor.OperationName(method, tool ?? prompt ?? ""), isServer ? .server : .client)
        work.add(.mcpMethod, method)
        if method == "tools/call" { work.add(.genAIOperation, "execute_tool") }
        work.add(.toolName, tool)
        work.add(.promptName, prompt)
        work.add(.mcpSessionID, session)
        work.add(.jsonrpcRequestID, requestID)
        return work
    }

    private static func model(operation: String, provider: String, model: String, streaming: Bool) -> Self {
        var work = Self(.model, Monitor.OperationName(operation, model), .client)
        work.add(.genAIOperation, operation)
        work.add(.genAIProvider, provider)
        work.add(.requestModel, model)
        if streaming { work.add(.requestStream, true) }
        return work
    }
}
