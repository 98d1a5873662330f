/// The names of all variables that this project serves, in whatever module, so that none is called unknown because its
/// module is not registered.
enum KnownVariables {
    /// How the names begin that are checked for typing errors.
    static let prefixes = ["ENABLE_", "MONITORING_", "METRICS_", "OTEL_", "SENTRY_", "PROMETHEUS_"]

    /// Secrets and addresses that give alerts somewhere to go.
    static let alertChannels = [
        "ALERT_WEBHOOK_URL", "ALERTMANAGER_URL", "DISCORD_WEBHOOK_URL", "PAGERDUTY_ROUTING_KEY", "SLACK_WEBHOOK_URL",
        "SMTP_HOST", "TEAMS_WEBHOOK_URL", "TELEGRAM_BOT_TOKEN",
    ]

    static let monitoring = [
        "MONITORING_ALLOWED_HOSTS", "MONITORING_HOST", "MONITORING_PORT", "MONITORING_SIGNALS", "MONITORING_SPOOL",
        "MONITORING_SPOOL_DIR", "MONITORING_SPOOL_MAX_BYTES", "MONITORING_TOKEN", "MONITORING_TOKEN_FILE",
    ]

    static let openTelemetry = [
        "OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_BLRP_EXPORT_TIMEOUT",
        "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", "OTEL_BLRP_MAX_QUEUE_SIZE", "OTEL_BLRP_SCHEDULE_DELAY",
        "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "OTEL_BSP_MAX_QUEUE_SIZE",
        "OTEL_BSP_SCHEDULE_DELAY", "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION", "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
        "OTEL_EXPORTER_PROMETHEUS_HOST", "OTEL_EXPORTER_PROMETHEUS_PORT", "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS",
        "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_LOGS_EXPORTER", "OTEL_METRICS_EXEMPLAR_FILTER",
        "OTEL_METRICS_EXPORTER", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT",
        "OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN", "OTEL_SEMCONV_STABILITY_OPT_IN", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT",
        "OTEL_TRACES_EXPORTER", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
    ]

    /// The OTLP exporter's, each in general and for every signal.
    static let otlp = ["", "TRACES_", "METRICS_", "LOGS_"].flatMap { signal in
        [
            "ENDPOINT", "PROTOCOL", "HEADERS", "HEADERS_FILE", "TIMEOUT", "COMPRESSION", "CERTIFICATE", "CLIENT_KEY",
            "CLIENT_CERTIFICATE",
        ].map { "OTEL_EXPORTER_OTLP_" + signal + $0 }
    }

    static let metrics = ["METRICS_CARDINALITY_LIMIT", "METRICS_NAMESPACE", "PROMETHEUS_PORT"]

    static let sentry = [
        "SENTRY_BAGGAGE", "SENTRY_DEBUG", "SENTRY_DSN", "SENTRY_DSN_FILE", "SENTRY_ENVIRONMENT",
        "SENTRY_IN_APP_EXCLUDE", "SENTRY_IN_APP_INCLUDE", "SENTRY_MAX_BREADCRUMBS", "SENTRY_RELEASE",
        "SENTRY_SAMPLE_RATE", "SENTRY_STACKTRACES", "SENTRY_TRACE", "SENTRY_TRACES_SAMPLE_RATE",
    ]

    /// All names, those of the core and of the switches included, sorted.
    static let names: [String] = {
        let lists = [
            alertChannels, monitoring, openTelemetry, otlp, metrics, sentry,
            Monitor.Variable.core.flatMap(\.allNames), Monitor.Flag.standard.flatMap(\.variable.allNames),
        ]
        return Set(lists.joined()).sorted()
    }()

    /// What people write who take a name from elsewhere, and what it is called here.
    static let synonyms: [String: String] = [
        "ENABLE_ALERTING": "ENABLE_ALERTS",
        "ENABLE_ERRORS": "ENABLE_SENTRY",
        "ENABLE_ERROR_TRACKING": "ENABLE_SENTRY",
        "ENABLE_HEALTH": "ENABLE_HEALTH_CHECKS",
        "ENABLE_HEALTHCHECK": "ENABLE_HEALTH_CHECKS",
        "ENABLE_LOGGING": "ENABLE_LOGS",
        "ENABLE_OPENTELEMETRY": "ENABLE_TRACING",
        "ENABLE_OTEL": "ENABLE_TRACING",
        "ENABLE_TRACE": "ENABLE_TRACING",
        "ENABLE_TRACES": "ENABLE_TRACING",
        "METRICS_ENABLED": "ENABLE_METRICS",
        "METRICS_PORT": "MONITORING_PORT",
        "OTEL_ENABLED": "ENABLE_TRACING",
        "OTEL_ENDPOINT": "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_ENDPOINT": "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_URL": "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_HEADERS": "OTEL_EXPORTER_OTLP_HEADERS",
        "OTEL_SERVICE_VERSION": "APP_VERSION",
        "OTEL_TRACES_ENABLED": "ENABLE_TRACING",
        "PROMETHEUS_ENABLED": "ENABLE_METRICS",
        "SENTRY_ENABLED": "ENABLE_SENTRY",
        "TRACING_ENABLED": "ENABLE_TRACING",
    ]
}
