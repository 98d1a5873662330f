package import MonitoringCore

/// What made the records: OTLP's `InstrumentationScope`, with the schema of its records.
package struct OTLPScope: Sendable, Hashable {
    /// The name of the library.
    package var name: String
    /// The version of the library.
    package var version: String
    /// The schema of the records' attributes.
    package var schemaURL: String

    /// What else is known of the library.
    package var attributes: [Monitor.KeyValue]

    /// This package's own scope.
    package static var monitoring: OTLPScope {
        OTLPScope(
            name: "swift-agent-monitoring",
            version: MonitoringVersion.current,
            schemaURL: Monitor.Resource.currentSchemaURL
        )
    }

    /// Makes a scope.
    ///
    /// - Parameters:
    ///   - name: The name of the library.
    ///   - version: The version of the library.
    ///   - schemaURL: The schema of the records' attributes.
    ///   - attributes: What else is known of the library.
    package init(
        name: String,
        version: String = "",
        schemaURL: String = "",
        attributes: [Monitor.KeyValue] = []
    ) {
        self.name = name
        self.version = version
        self.schemaURL = schemaURL
        self.attributes = attributes
    }
}
