public import MonitoringCore
package import MonitoringExport

/// The settings of tracing: OpenTelemetry's defaults, to which its variables are applied, then what code says.
///
/// ```swift
/// let monitor = try await Monitor.start(.tracing {
///     $0.endpoint = "https://collector.example.com/v1/traces"
///     $0.headers["api-key"] = key
///     $0.sampler = .parentBased(root: .ratio(0.1))
/// })
/// ```
///
/// No description of it shows headers or the endpoint's path.
public struct TracingConfiguration: MonitoringConfiguration {
    /// How request bodies are made smaller.
    public enum Compression: Sendable, Hashable {
        /// By gzip, and not at all to a receiver on this machine.
        case automatic
        /// By gzip at its fastest.
        case gzip
        /// Not at all.
        case none
    }

    /// What waiting spans survive.
    public enum SpoolLevel: Sendable, Hashable {
        /// Nothing: they lie in memory.
        case memory
        /// The death of the process.
        case process
        /// The death of the machine too, but for the last second.
        case disk
    }

    /// Which traces are recorded.
    ///
    /// Default: what the caller decided, and every trace that begins here.
    public var sampler = TraceSampler.parentBased(root: .alwaysOn)
    /// How much a span may hold.
    ///
    /// Default: OpenTelemetry's.
    public var limits = Monitor.Limits()
    /// Whether spans are recorded and sent; false for `OTEL_TRACES_EXPORTER=none`.
    ///
    /// Default: true.
    public var isExporting = true
    /// How long the first waiting span waits for others.
    ///
    /// Default: 5 s.
    public var scheduleDelay = Duration.seconds(5)
    /// The longest one attempt may take, if ``exportTimeout`` is not shorter.
    ///
    /// Default: 30 s.
    public var batchTimeout = Monitor.TimeLimit.after(.seconds(30))
    /// How many spans a request holds at most; as many waiting are sent at once.
    ///
    /// Default: 512.
    public var maximumBatchSize = 512
    /// How many spans may wait, besides ``spoolBytes``; new ones are dropped beyond.
    ///
    /// Default: `nil`, no such bound.
    public var maximumQueueSize: Int?
    /// How much room waiting spans may take, in memory, or in the folder of all processes together; the oldest are dropped
    /// beyond.
    ///
    /// Default: 64 MiB.
    public var spoolBytes: Int {
        get { spool.maximumBytes }
        set { spool.maximumBytes = newValue }
    }

    package var spool = SpoolSettings()
    package var exporter = OTLPExporterSettings(signal: .traces)
    /// What carries requests in tests; `nil` for the standard one.
    package var transport: (any HTTPTransport)?

    /// The documented defaults.
    public init() {}

    /// The environment variables that tracing reads.
    public static var variables: [Monitor.Variable] { Monitor.Variable.tracing }
}

extension TracingConfiguration {
    /// The URL that spans are posted to, used as it stands: nothing is added to its path.
    ///
    /// Default: `nil`, which is `http://localhost:4318/v1/traces`.
    public var endpoint: String? {
        get { exporter.endpoint }
        set { exporter.endpoint = newValue }
    }

    /// Headers of every request, such as an API key; their values are removed from all text.
    ///
    /// Default: none.
    public var headers: [String: String] {
        get { exporter.headers }
        set { exporter.headers = newValue }
    }

    /// The longest one attempt may take.
    ///
    /// Default: 10 s.
    public var exportTimeout: Monitor.TimeLimit {
        get { exporter.timeout }
        set { exporter.timeout = newValue }
    }

    /// What waiting spans survive.
    ///
    /// Default: the process; nothing under a test runner.
    public var spoolLevel: SpoolLevel {
        get {
            switch spool.level {
            case .memory: .memory
            case .process: .process
            case .disk: .disk
            }
        }
        set {
            switch newValue {
            case .memory: spool.level = .memory
            case .process: spool.level = .process
            case .disk: spool.level = .disk
            }
        }
    }

    /// The folder under which spans wait in files; `nil` for the user's state folder.
    ///
    /// Default: `nil`.
    public var spoolDirectory: String? {
        get { spool.directory }
        set { spool.directory = newValue }
    }

    /// How request bodies are made smaller.
    ///
    /// Default: automatic.
    public var compression: Compression {
        get {
            switch exporter.compression {
            case nil: .automatic
            case .gzip?: .gzip
            case .some(.none): .none
            }
        }
        set {
            switch newValue {
            case .automatic: exporter.compression = nil
            case .gzip: exporter.compression = .gzip(level: 1)
            case .none: exporter.compression = .some(.none)
            }
        }
    }

    /// A PEM file of certificates to trust instead of the system's.
    ///
    /// Needs the package trait AsyncHTTPClient: without it nothing is sent to an `https` endpoint. Default: `nil`.
    public var certificateFile: String? {
        get { exporter.certificateFile }
        set { exporter.certificateFile = newValue }
    }

    /// A PEM file with the client's key; see ``certificateFile``.
    ///
    /// Default: `nil`.
    public var clientKeyFile: String? {
        get { exporter.clientKeyFile }
        set { exporter.clientKeyFile = newValue }
    }

    /// A PEM file with the client's certificate; see ``certificateFile``.
    ///
    /// Default: `nil`.
    public var clientCertificateFile: String? {
        get { exporter.clientCertificateFile }
        set { exporter.clientCertificateFile = newValue }
    }
}

extension TracingConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Sampler and batching; no secrets.
    public var description: String { "TracingConfiguration(sampler: \(sampler))" }
    /// Sampler and batching; no secrets.
    public var debugDescription: String { description }
    /// A mirror without headers and endpoint.
    public var customMirror: Mirror { Mirror(self, children: ["sampler": sampler, "limits": limits]) }
}
