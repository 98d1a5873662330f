/// Upper bounds of buckets, each inclusive, in ascending order; the infinite bucket comes by itself.
public enum HistogramBuckets: Sendable {
    /// The most buckets that a histogram has, the infinite one not counted.
    public static let limit = 200

    /// Prometheus' default, in seconds: 5 ms to 10 s.
    public static let seconds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// OpenTelemetry's advice for the duration of HTTP requests, in seconds: 5 ms to 10 s.
    public static let httpSeconds: [Double] = [
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]

    /// OpenTelemetry's advice for the duration of database queries, in seconds: 1 ms to 10 s.
    public static let databaseSeconds: [Double] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]

    /// OpenTelemetry's advice for the duration of calls of a model, in seconds: doubling from 10 ms to 82 s.
    public static let modelSeconds: [Double] = [
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ]

    /// OpenTelemetry's advice for the time to a model's first token, in seconds: 1 ms to 10 s.
    public static let firstTokenSeconds: [Double] = [
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]

    /// OpenTelemetry's advice for the duration of an agent's run, in seconds: doubling from 100 ms to 410 s.
    public static let agentSeconds: [Double] = [
        0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6,
    ]

    /// Sizes in bytes: 64 B to 16 MiB, each four times the one before.
    public static let bytes: [Double] = [
        64, 256, 1024, 4096, 16384, 65536, 262_144, 1_048_576, 4_194_304, 16_777_216,
    ]
}
