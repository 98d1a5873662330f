// OpenTelemetry's semantic conventions 1.44.0 (GenAI: 1.41.1), the attributes that have few values.

extension Monitor.Label<Bool> {
    /// Whether the cache had it.
    @inlinable public static var cacheHit: Self { Self(name: "cache.hit", .number) }
}

extension Monitor.Label<Int> {
    /// The response's status code.
    @inlinable public static var responseStatus: Self { Self(name: "http.response.status_code", .number) }
}

extension Monitor.Label<String> {
    /// The request's method, `_OTHER` for unknown ones.
    @inlinable public static var httpRequestMethod: Self { Self(name: "http.request.method", .enumerated) }
    /// The route's template, such as `/orders/{id}`; never the path.
    @inlinable public static var httpRoute: Self { Self(name: "http.route", .identifier) }
    /// The URL's scheme.
    @inlinable public static var urlScheme: Self { Self(name: "url.scheme", .enumerated) }
    /// The template of the URL of an outgoing request.
    @inlinable public static var urlTemplate: Self { Self(name: "url.template", .identifier) }
    /// Why an operation failed, in few values.
    ///
    /// Set by the layer.
    @inlinable public static var errorType: Self { Self(name: "error.type", .identifier) }
    /// The agent's name.
    @inlinable public static var agentName: Self { Self(name: "gen_ai.agent.name", .identifier) }
    /// OpenTelemetry's name of the operation, such as `chat`.
    @inlinable public static var genAIOperation: Self { Self(name: "gen_ai.operation.name", .enumerated) }
    /// Who serves the model, such as `anthropic`.
    @inlinable public static var genAIProvider: Self { Self(name: "gen_ai.provider.name", .identifier) }
    /// The model that was asked for.
    @inlinable public static var requestModel: Self { Self(name: "gen_ai.request.model", .identifier) }
    /// The model that answered.
    @inlinable public static var responseModel: Self { Self(name: "gen_ai.response.model", .identifier) }
    /// The tool's name.
    @inlinable public static var toolName: Self { Self(name: "gen_ai.tool.name", .identifier) }
    /// `function`, `extension` or `datastore`.
    @inlinable public static var toolType: Self { Self(name: "gen_ai.tool.type", .enumerated) }
    /// `text`, `json`, `image` or `speech`.
    @inlinable public static var outputType: Self { Self(name: "gen_ai.output.type", .enumerated) }
    /// What is searched.
    @inlinable public static var dataSourceID: Self { Self(name: "gen_ai.data_source.id", .identifier) }
    /// The message's method, such as `tools/call`.
    @inlinable public static var mcpMethod: Self { Self(name: "mcp.method.name", .identifier) }
    /// The database's kind, such as `postgresql`.
    @inlinable public static var databaseSystem: Self { Self(name: "db.system.name", .identifier) }
    /// The query's operation, such as `SELECT`.
    @inlinable public static var databaseOperation: Self { Self(name: "db.operation.name", .identifier) }
    /// The table or collection.
    @inlinable public static var databaseCollection: Self { Self(name: "db.collection.name", .identifier) }
    /// The database within the server.
    @inlinable public static var databaseNamespace: Self { Self(name: "db.namespace", .identifier) }
    /// The database's own code.
    @inlinable public static var databaseStatus: Self { Self(name: "db.response.status_code", .identifier) }
    /// Which cache.
    @inlinable public static var cacheName: Self { Self(name: "cache.name", .identifier) }
    /// What is done with the cache, such as `get`.
    @inlinable public static var cacheOperation: Self { Self(name: "cache.operation", .enumerated) }
    /// The other party's service.
    @inlinable public static var externalService: Self { Self(name: "service.peer.name", .identifier) }
    /// What the other party is asked to do.
    @inlinable public static var externalOperation: Self { Self(name: "rpc.method", .identifier) }
    /// The host's own kind of operation.
    @inlinable public static var operationKind: Self { Self(name: "monitoring.operation.kind", .identifier) }
    /// `tcp`, `pipe`, `unix` or `quic`.
    @inlinable public static var networkTransport: Self { Self(name: "network.transport", .enumerated) }
}
