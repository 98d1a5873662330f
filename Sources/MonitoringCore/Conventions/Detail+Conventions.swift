// OpenTelemetry's semantic conventions 1.44.0 (GenAI: 1.41.1), the attributes that can have any value.

extension Monitor.Detail<Bool> {
    /// The answer is streamed.
    @inlinable public static var requestStream: Self { Self(name: "gen_ai.request.stream", .number) }
}

extension Monitor.Detail<Double> {
    /// Seconds to the first streamed piece.
    ///
    /// Set by `received`.
    @inlinable public static var timeToFirstChunk: Self { Self(name: "gen_ai.response.time_to_first_chunk", .number) }
    /// The sampling temperature that was asked for.
    @inlinable public static var temperature: Self { Self(name: "gen_ai.request.temperature", .number) }
    /// The nucleus that was asked for.
    @inlinable public static var topP: Self { Self(name: "gen_ai.request.top_p", .number) }
    /// How many of the best were asked for.
    @inlinable public static var topK: Self { Self(name: "gen_ai.request.top_k", .number) }
    /// What the operation cost, in US dollars.
    @inlinable public static var costUSD: Self { Self(name: "gen_ai.usage.cost", .number) }
}

extension Monitor.Detail<Int> {
    /// Tokens of the prompt, cached ones included.
    ///
    /// On an agent its children's are added.
    @inlinable public static var inputTokens: Self { Self(name: "gen_ai.usage.input_tokens", .usage) }
    /// Tokens of the answer, reasoning included.
    ///
    /// On an agent its children's are added.
    @inlinable public static var outputTokens: Self { Self(name: "gen_ai.usage.output_tokens", .usage) }
    /// Prompt tokens that were read from the provider's cache.
    @inlinable public static var cacheReadInputTokens: Self {
        Self(name: "gen_ai.usage.cache_read.input_tokens", .usage)
    }
    /// Prompt tokens that were written to the provider's cache.
    @inlinable public static var cacheWriteInputTokens: Self {
        Self(name: "gen_ai.usage.cache_creation.input_tokens", .usage)
    }
    /// Answer tokens that were spent on reasoning.
    @inlinable public static var reasoningOutputTokens: Self {
        Self(name: "gen_ai.usage.reasoning.output_tokens", .usage)
    }
    /// The seed that was asked for.
    @inlinable public static var requestSeed: Self { Self(name: "gen_ai.request.seed", .number) }
    /// The most tokens the answer may have.
    @inlinable public static var maxTokens: Self { Self(name: "gen_ai.request.max_tokens", .number) }
    /// How long the vectors are.
    @inlinable public static var embeddingDimensions: Self { Self(name: "gen_ai.embeddings.dimension.count", .number) }
    /// The server's port.
    @inlinable public static var serverPort: Self { Self(name: "server.port", .number) }
    /// Which retry this is, from 1.
    @inlinable public static var resendCount: Self { Self(name: "http.request.resend_count", .number) }
    /// Bytes of the request's body.
    @inlinable public static var requestBodySize: Self { Self(name: "http.request.body.size", .number) }
    /// Bytes of the response's body.
    @inlinable public static var responseBodySize: Self { Self(name: "http.response.body.size", .number) }
    /// How many queries the batch has.
    @inlinable public static var batchSize: Self { Self(name: "db.operation.batch.size", .number) }
    /// How many rows came back.
    @inlinable public static var returnedRows: Self { Self(name: "db.response.returned_rows", .number) }
    /// How many entries the cache has.
    @inlinable public static var cacheSize: Self { Self(name: "cache.size", .number) }
}

extension Monitor.Detail<String> {
    /// The provider's id of the answer.
    @inlinable public static var responseID: Self { Self(name: "gen_ai.response.id", .identifier) }
    /// The conversation; never invent one.
    @inlinable public static var conversationID: Self { Self(name: "gen_ai.conversation.id", .identifier) }
    /// The agent's id.
    @inlinable public static var agentID: Self { Self(name: "gen_ai.agent.id", .identifier) }
    /// What the agent is for.
    @inlinable public static var agentDescription: Self { Self(name: "gen_ai.agent.description", .text) }
    /// The agent's version.
    @inlinable public static var agentVersion: Self { Self(name: "gen_ai.agent.version", .identifier) }
    /// The provider's id of the tool call.
    @inlinable public static var toolCallID: Self { Self(name: "gen_ai.tool.call.id", .identifier) }
    /// What the tool is for.
    @inlinable public static var toolDescription: Self { Self(name: "gen_ai.tool.description", .text) }
    /// The session.
    @inlinable public static var mcpSessionID: Self { Self(name: "mcp.session.id", .identifier) }
    /// The protocol's version.
    @inlinable public static var mcpProtocolVersion: Self { Self(name: "mcp.protocol.version", .identifier) }
    /// The resource that is read.
    @inlinable public static var mcpResourceURI: Self { Self(name: "mcp.resource.uri", .url) }
    /// The message's id, as text.
    @inlinable public static var jsonrpcRequestID: Self { Self(name: "jsonrpc.request.id", .identifier) }
    /// The prompt that is asked for.
    @inlinable public static var promptName: Self { Self(name: "gen_ai.prompt.name", .identifier) }
    /// The whole URL; credentials and secret query items are removed.
    @inlinable public static var urlFull: Self { Self(name: "url.full", .url) }
    /// The path that was asked for.
    @inlinable public static var urlPath: Self { Self(name: "url.path", .url) }
    /// The query, without secret items.
    @inlinable public static var urlQuery: Self { Self(name: "url.query", .url) }
    /// The server's host name.
    @inlinable public static var serverAddress: Self { Self(name: "server.address", .identifier) }
    /// The client's address.
    @inlinable public static var clientAddress: Self { Self(name: "client.address", .identifier) }
    /// The method as it came, when it is not a known one.
    @inlinable public static var methodOriginal: Self { Self(name: "http.request.method_original", .text) }
    /// `1.1`, `2` or `3`.
    @inlinable public static var protocolVersion: Self { Self(name: "network.protocol.version", .identifier) }
    /// The client's user agent.
    @inlinable public static var userAgent: Self { Self(name: "user_agent.original", .text) }
    /// The request's id.
    ///
    /// Set by `.httpServer`.
    @inlinable public static var requestID: Self { Self(name: "request.id", .identifier) }
    /// The query, parameterised: literals do not belong in it.
    @inlinable public static var queryText: Self { Self(name: "db.query.text", .text) }
    /// A short form of the query with few values.
    @inlinable public static var querySummary: Self { Self(name: "db.query.summary", .text) }
    /// The error's type.
    @inlinable public static var exceptionType: Self { Self(name: "exception.type", .identifier) }
    /// The error's message.
    @inlinable public static var exceptionMessage: Self { Self(name: "exception.message", .text) }
}

extension Monitor.Detail<[String]> {
    /// Why the model stopped, one a choice, in the provider's words.
    @inlinable public static var finishReasons: Self { Self(name: "gen_ai.response.finish_reasons", .enumerated) }
    /// Where the model was told to stop.
    @inlinable public static var stopSequences: Self { Self(name: "gen_ai.request.stop_sequences", .text) }
}
