import MonitoringCore
import MonitoringExport

/// The variables of tracing.
///
/// The OTLP exporter's are declared with it.
extension Monitor.Variable {
    static let tracesSampler = Self(
        "OTEL_TRACES_SAMPLER",
        default: "parentbased_always_on",
        meaning: "Which traces are recorded",
        allowed: "always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, "
            + "parentbased_traceidratio"
    )
    static let tracesSamplerArgument = Self(
        "OTEL_TRACES_SAMPLER_ARG",
        default: "1",
        meaning: "The ratio of traceidratio and parentbased_traceidratio",
        allowed: "0 to 1"
    )
    static let tracesExporter = Self(
        "OTEL_TRACES_EXPORTER",
        default: "otlp",
        meaning: "Where spans go; with none nothing is recorded, and context passes through",
        allowed: "otlp, none"
    )
    static let batchDelay = Self(
        "OTEL_BSP_SCHEDULE_DELAY",
        default: "5000",
        meaning: "How long the first waiting span waits for others, in milliseconds",
        allowed: "0 to 2147483647"
    )
    static let batchTimeout = Self(
        "OTEL_BSP_EXPORT_TIMEOUT",
        default: "30000",
        meaning: "The longest one attempt may take, in milliseconds, if OTEL_EXPORTER_OTLP_TIMEOUT is not shorter; "
            + "0 is no limit",
        allowed: "0 to 2147483647"
    )
    static let queueSize = Self(
        "OTEL_BSP_MAX_QUEUE_SIZE",
        meaning: "How many spans may wait, besides the bound in bytes; new ones are dropped beyond",
        allowed: "1 to 2147483647"
    )
    static let batchSize = Self(
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        default: "512",
        meaning: "How many spans a request holds at most; as many waiting are sent at once",
        allowed: "1 to 2147483647"
    )

    /// All that ``TracingConfiguration`` reads.
    static let tracing: [Self] =
        [tracesSampler, tracesSamplerArgument, tracesExporter, batchDelay, batchTimeout, queueSize, batchSize]
        + OTLPExporterVariable.all(for: .traces) + SpoolSettings.variables + limits
}

/// The variables of limits.
extension Monitor.Variable {
    static let attributeCount = limit(
        "OTEL_ATTRIBUTE_COUNT_LIMIT",
        default: "128",
        meaning: "How many attributes a span, an event or a link holds, where no variable of its own is set"
    )
    static let attributeLength = limit(
        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
        meaning: "How many Unicode scalars a text value holds, where no variable of its own is set"
    )
    static let spanAttributeCount = limit(
        "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
        meaning: "How many attributes a span holds; wins over OTEL_ATTRIBUTE_COUNT_LIMIT"
    )
    static let spanAttributeLength = limit(
        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
        meaning: "How many Unicode scalars a text value of a span holds; wins over OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"
    )
    static let eventCount = limit(
        "OTEL_SPAN_EVENT_COUNT_LIMIT",
        default: "128",
        meaning: "How many events a span holds"
    )
    static let linkCount = limit(
        "OTEL_SPAN_LINK_COUNT_LIMIT",
        default: "128",
        meaning: "How many links a span holds"
    )
    static let eventAttributeCount = limit(
        "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
        meaning: "How many attributes an event holds; wins over OTEL_ATTRIBUTE_COUNT_LIMIT"
    )
    static let linkAttributeCount = limit(
        "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
        meaning: "How many attributes a link holds; wins over OTEL_ATTRIBUTE_COUNT_LIMIT"
    )

    private static let limits = [
        attributeCount, attributeLength, spanAttributeCount, spanAttributeLength, eventCount, linkCount,
        eventAttributeCount, linkAttributeCount,
    ]

    private static func limit(_ name: String, default: String = "", meaning: String) -> Self {
        Self(name, default: `default`, meaning: meaning, allowed: "0 to 2147483647")
    }
}
