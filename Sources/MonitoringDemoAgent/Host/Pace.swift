/// How the demo waits: really, or not at all in tests.
struct Pace: Sendable {
    /// Suspends for a duration; throws `CancellationError` when the task is cancelled.
    let wait: @Sendable (Duration) async throws -> Void

    /// Waits as long as asked.
    static let real = Pace { try await Task.sleep(for: $0) }

    /// Never waits.
    static let immediate = Pace { _ in try Task.checkCancellation() }
}
