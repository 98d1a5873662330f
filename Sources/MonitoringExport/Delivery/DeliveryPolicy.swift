/// Where one kind of record goes, how, and what happens when it cannot.
///
/// Holds secrets (headers, path): nothing prints it.
package struct DeliveryPolicy: Sendable {
    /// The receiver.
    package var endpoint: Endpoint
    /// Whether nobody asked for this endpoint, so that nobody listening there is no fault.
    package var isDefaultEndpoint = false
    /// The host's own fields, such as an API key.
    ///
    /// They win over ours of the same name.
    package var headers: [HeaderField] = []
    /// The `Content-Type` of the body.
    package var contentType = "application/json"
    /// The `User-Agent`; see ``userAgent(version:)``.
    package var userAgent: String
    /// How records become a body.
    package var framing: RequestFraming
    /// How the receiver answers.
    package var classifier: any ResponseClassifier
    /// How bodies are made smaller.
    package var compression: Compression

    /// The most records in a request; as many waiting make the exporter send at once.
    package var batchCount = 512
    /// The most bytes of records in a request, unless one record alone is longer; as many waiting make it send at once.
    package var batchBytes = 4 * 1024 * 1024
    /// The longest body that is sent, before compression.
    ///
    /// A record that does not fit is dropped as `too-large`.
    package var requestLimit = 64 * 1024 * 1024
    /// The longest answer that is read, after decompression.
    package var responseLimit = 4 * 1024 * 1024

    /// How long the first waiting record waits for others.
    package var scheduleDelay = Duration.seconds(5)
    /// The longest one attempt may take; see ``attemptTimeout(exporter:processor:)``.
    package var attemptTimeout = Duration.seconds(10)
    /// How old a record may get before it is dropped as `too-old` instead of sent.
    package var ageLimit = Duration.seconds(24 * 3_600)
    /// How long to wait between attempts.
    package var backoff = Backoff()

    /// The words of diagnostics.
    package var words: Words

    /// What things are called when something is wrong with them.
    package struct Words: Sendable {
        /// The part that speaks, such as `tracing`.
        package var source: String
        /// What is sent, such as `spans`.
        package var records: String
        /// What it is sent to, such as `collector`.
        package var receiver: String
        /// The variable that says where, such as `OTEL_EXPORTER_OTLP_ENDPOINT`.
        package var endpointVariable: String
        /// The variable that holds the credentials, such as `OTEL_EXPORTER_OTLP_HEADERS`.
        package var credentialVariable: String
        /// What turns it off, such as `ENABLE_TRACING=false`.
        package var offSwitch: String

        /// Makes the words.
        ///
        /// - Parameters:
        ///   - source: The part that speaks.
        ///   - records: What is sent.
        ///   - receiver: What it is sent to.
        ///   - endpointVariable: The variable that says where.
        ///   - credentialVariable: The variable that holds the credentials.
        ///   - offSwitch: What turns it off.
        package init(
            source: String, records: String, receiver: String, endpointVariable: String, credentialVariable: String,
            offSwitch: String
        ) {
            self.source = source
            self.records = records
            self.receiver = receiver
            self.endpointVariable = endpointVariable
            self.credentialVariable = credentialVariable
            self.offSwitch = offSwitch
        }
    }

    /// Makes a policy with the defaults of OTLP and of the batch span processor.
    ///
    /// - Parameters:
    ///   - endpoint: The receiver.
    ///   - framing: How records become a body.
    ///   - classifier: How the receiver answers.
    ///   - userAgent: The `User-Agent`.
    ///   - words: The words of diagnostics.
    package init(
        endpoint: Endpoint, framing: RequestFraming, classifier: any ResponseClassifier = OTLPResponseClassifier(),
        userAgent: String, words: Words
    ) {
        self.endpoint = endpoint
        self.framing = framing
        self.classifier = classifier
        self.userAgent = userAgent
        self.words = words
        compression = .standard(for: endpoint)
    }

    /// The `User-Agent` that the OTLP specification asks for, with the product in front.
    ///
    /// - Parameter version: The version of this package.
    /// - Returns: Two products with that version.
    package static func userAgent(version: String) -> String {
        "swift-agent-monitoring/\(version) OTel-OTLP-Exporter-Swift/\(version)"
    }

    /// The time for one attempt out of `OTEL_EXPORTER_OTLP_TIMEOUT` and `OTEL_BSP_EXPORT_TIMEOUT`: the shorter one.
    ///
    /// The specification has both cover the retries of a batch, which is dropped when they end. Here a record stays
    /// until it is accepted, refused or too old, so that both can only bound one attempt.
    ///
    /// - Parameters:
    ///   - exporter: The exporter's timeout; zero is none.
    ///   - processor: The processor's timeout; zero is none.
    /// - Returns: The shorter of those that are set; an hour if none is.
    package static func attemptTimeout(exporter: Duration, processor: Duration) -> Duration {
        [exporter, processor].filter { $0 > .zero }.min() ?? .seconds(3_600)
    }
}

extension DeliveryPolicy: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(words.records) to \(endpoint.origin)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["endpoint": endpoint]) }
}
