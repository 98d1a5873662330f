extension Monitor.Work {
    /// One database query.
    ///
    /// Span: CLIENT, `SELECT orders`.
    ///
    /// - Parameters:
    ///   - system: The database's kind, by OpenTelemetry's names: `postgresql`, `sqlite`, `redis`, ….
    ///   - operation: The query's operation, such as `SELECT`.
    ///   - collection: The table or collection.
    ///   - namespace: The database within the server.
    /// - Returns: The work to observe.
    public static func database(
        system: String,
        operation: String? = nil,
        collection: String? = nil,
        namespace: String? = nil
    ) -> Self {
        let target = collection ?? namespace ?? ""
        let name: Monitor.OperationName =
            if let operation {
                Monitor.OperationName(operation, target)
            } else {
                Monitor.OperationName(target.isEmpty ? system : target)
            }
        var work = Self(.database, name, .client)
        work.add(.databaseSystem, system)
        work.add(.databaseOperation, operation)
        work.add(.databaseCollection, collection)
        work.add(.databaseNamespace, namespace)
        return work
    }

    /// One access to a cache.
    ///
    /// Span: INTERNAL, `get answers`.
    ///
    /// Set `operation[.cacheHit]` on a look-up.
    ///
    /// - Parameters:
    ///   - name: Which cache.
    ///   - operation: What is done: `get`, `set`, `delete`, ….
    /// - Returns: The work to observe.
    public static func cache(name: String, operation: String) -> Self {
        var work = Self(.cache, Monitor.OperationName(operation, name), .internal)
        work.add(.cacheName, name)
        work.add(.cacheOperation, operation)
        return work
    }

    /// One call of somebody else's service, whatever the protocol.
    ///
    /// Span: CLIENT, `transfer pi_sdk`.
    ///
    /// Its receiver is another party: `inject` gives it the trace's ids and no baggage, unless its host is listed.
    ///
    /// - Parameters:
    ///   - service: The other party.
    ///   - operation: What it is asked to do.
    /// - Returns: The work to observe.
    public static func external(service: String, operation: String? = nil) -> Self {
        var work = Self(.external, Monitor.OperationName(operation ?? "", service), .client)
        work.add(.externalService, service)
        work.add(.externalOperation, operation)
        return work
    }

    /// An operation of the host's own kind.
    ///
    /// Span: INTERNAL, `audit full`.
    ///
    /// - Parameters:
    ///   - kind: What kind: few values.
    ///   - name: Which one: few values.
    /// - Returns: The work to observe.
    public static func custom(_ kind: String, name: String = "") -> Self {
        var work = Self(.custom, Monitor.OperationName(kind, name), .internal)
        work.add(.operationKind, kind)
        return work
    }
}
