extension PeerVariable {
    /// All that are known, the more specific before the family it belongs to: a variable is told of once.
    static let table: [PeerVariable] = openTelemetry + exporters + vendors

    private static let openTelemetry: [PeerVariable] = [
        PeerVariable(
            .exactly("OTEL_CONFIG_FILE"),
            "declarative configuration files are not read, the other variables count",
            fix: "set the variables, or configure in code"
        ),
        PeerVariable(
            .exactly("OTEL_EXPERIMENTAL_CONFIG_FILE"),
            "declarative configuration files are not read, the other variables count",
            fix: "set the variables, or configure in code"
        ),
        PeerVariable(
            .exactly("OTEL_LOG_LEVEL"),
            "diagnostics have no level here, each is told once",
            fix: "unset it; MONITORING_QUIET=true silences diagnostics"
        ),
        PeerVariable(
            .exactly("OTEL_ENTITIES"),
            "entities are not made",
            fix: "set OTEL_RESOURCE_ATTRIBUTES"
        ),
        PeerVariable(
            .exactly("OTEL_SEMCONV_STABILITY_OPT_IN"),
            with: .containing("/dup"),
            "the new attribute names alone are written, none twice",
            fix: "unset it, and move queries to the new names"
        ),
        PeerVariable(
            .exactly("OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT"),
            "GenAI events are not made",
            fix: "set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_ONLY to have content on spans"
        ),
        PeerVariable(
            .exactly("OTEL_INSTRUMENTATION_GENAI_COMPLETION_HOOK"),
            "content is not handed to hooks",
            fix: "set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_ONLY to have content on spans"
        ),
        PeerVariable(
            .family("OTEL_INSTRUMENTATION_GENAI_UPLOAD_"),
            "content is not uploaded elsewhere",
            fix: "set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_ONLY to have content on spans"
        ),
        PeerVariable(
            .exactly("TRACELOOP_TRACE_CONTENT"),
            "whether content is captured is told by OpenTelemetry's variable",
            fix: "set OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
        ),
    ]

    private static let exporters: [PeerVariable] =
        [
            PeerVariable(
                .exactly("OTEL_TRACES_EXPORTER"),
                with: .elements(["none"]),
                whenOn: .tracing,
                "a switch of our own decides whether there are traces",
                fix: "set ENABLE_TRACING=false"
            ),
            PeerVariable(
                .exactly("OTEL_TRACES_EXPORTER"),
                with: .elements(["console", "logging", "otlp/stdout"]),
                "traces are not written to standard output, which belongs to the host",
                fix: "set MONITORING_CONSOLE=true to see operations on standard error"
            ),
            PeerVariable(
                .exactly("OTEL_TRACES_EXPORTER"),
                with: .elements(["zipkin", "jaeger"]),
                "only OTLP is sent",
                fix:
                    "set OTEL_EXPORTER_OTLP_ENDPOINT to a collector, or to Jaeger itself, which takes OTLP on port 4318"
            ),
            PeerVariable(
                .family("OTEL_EXPORTER_ZIPKIN_"),
                "only OTLP is sent",
                fix: "set OTEL_EXPORTER_OTLP_ENDPOINT to a collector that has a Zipkin exporter"
            ),
            PeerVariable(
                .family("OTEL_EXPORTER_JAEGER_"),
                "only OTLP is sent",
                fix: "set OTEL_EXPORTER_OTLP_ENDPOINT to Jaeger, which takes OTLP on port 4318"
            ),
            PeerVariable(
                .family("JAEGER_"),
                "only OTLP is sent",
                fix: "set OTEL_EXPORTER_OTLP_ENDPOINT to Jaeger, which takes OTLP on port 4318"
            ),
        ]
        + ["", "TRACES_", "METRICS_", "LOGS_"].map { signal in
            PeerVariable(
                .exactly("OTEL_EXPORTER_OTLP_\(signal)INSECURE"),
                "it is for gRPC alone, here the scheme of the endpoint decides",
                fix: "begin OTEL_EXPORTER_OTLP_\(signal)ENDPOINT with http:// or https://"
            )
        }

    private static let vendors: [PeerVariable] = [
        PeerVariable(
            .exactly("SENTRY_PROFILES_SAMPLE_RATE"),
            "profiles are not made",
            fix: "unset it; SENTRY_TRACES_SAMPLE_RATE is for transactions"
        ),
        PeerVariable(
            .family("SENTRY_PROFILE_"),
            "profiles are not made",
            fix: "unset it; SENTRY_TRACES_SAMPLE_RATE is for transactions"
        ),
        PeerVariable(
            .exactly("SENTRY_SPOTLIGHT"),
            "Spotlight is not served",
            fix: "unset it; MONITORING_CONSOLE=true shows operations on standard error"
        ),
        PeerVariable(
            .exactly("PROMETHEUS_MULTIPROC_DIR"),
            "one process serves its own metrics, no folder is shared",
            fix: "unset it"
        ),
        PeerVariable(.exactly("DD_SERVICE"), "Datadog's variables are not read", fix: "set OTEL_SERVICE_NAME"),
        PeerVariable(.exactly("DD_VERSION"), "Datadog's variables are not read", fix: "set APP_VERSION"),
        PeerVariable(.exactly("DD_ENV"), "Datadog's variables are not read", fix: "set MONITORING_ENVIRONMENT"),
        PeerVariable(
            .exactly("DD_TRACE_SAMPLE_RATE"),
            "Datadog's variables are not read",
            fix: "set OTEL_TRACES_SAMPLER=parentbased_traceidratio and OTEL_TRACES_SAMPLER_ARG"
        ),
        PeerVariable(
            .family("DD_"),
            "Datadog's variables are not read",
            fix: "set ENABLE_TRACING=true and OTEL_EXPORTER_OTLP_ENDPOINT to an agent with OTLP over HTTP on, port 4318"
        ),
        PeerVariable(
            .exactly("NEW_RELIC_APP_NAME"), "New Relic's variables are not read", fix: "set OTEL_SERVICE_NAME"),
        PeerVariable(
            .family("NEW_RELIC_"),
            "New Relic's variables are not read",
            fix: "set OTEL_EXPORTER_OTLP_ENDPOINT=https://otlp.nr-data.net and OTEL_EXPORTER_OTLP_HEADERS=api-key=…"
        ),
        PeerVariable(
            .family("LANGFUSE_"),
            "Langfuse's variables are not read",
            fix: "set OTEL_EXPORTER_OTLP_ENDPOINT to its host with /api/public/otel, and OTEL_EXPORTER_OTLP_HEADERS to "
                + "Authorization=Basic%20… with both keys"
        ),
        PeerVariable(
            .family("TRACELOOP_"),
            "Traceloop's variables are not read",
            fix: "set OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS"
        ),
        PeerVariable(
            .family("LANGSMITH_"),
            "LangSmith's variables are not read",
            fix: "set OTEL_EXPORTER_OTLP_ENDPOINT to its host with /otel, and OTEL_EXPORTER_OTLP_HEADERS=x-api-key=…"
        ),
        PeerVariable(
            .family("HONEYCOMB_"),
            "Honeycomb's variables are not read",
            fix:
                "set OTEL_EXPORTER_OTLP_ENDPOINT=https://api.honeycomb.io and OTEL_EXPORTER_OTLP_HEADERS=x-honeycomb-team=…"
        ),
        PeerVariable(
            .family("ELASTIC_APM_"),
            "Elastic's variables are not read",
            fix: "set OTEL_EXPORTER_OTLP_ENDPOINT to the APM server and OTEL_EXPORTER_OTLP_HEADERS to its token"
        ),
        PeerVariable(
            .family("LOGFIRE_"),
            "Logfire's variables are not read",
            fix:
                "set OTEL_EXPORTER_OTLP_ENDPOINT=https://logfire-us.pydantic.dev and OTEL_EXPORTER_OTLP_HEADERS=Authorization=…"
        ),
    ]
}
