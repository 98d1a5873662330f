/// How long to wait before a model is asked again.
struct Backoff: Sendable {
    /// How often a request is tried again.
    var retries = 2
    var base = Duration.milliseconds(20)
    var longest = Duration.milliseconds(500)
    /// The longest wait that a provider may ask for; the reader does not wait longer.
    var patience = Duration.seconds(2)

    /// Whether to ask again after an error.
    func allows(retry: Int, after error: ChatError) -> Bool {
        if case .rateLimited(let wait?) = error, wait > patience { return false }
        return error.isRetryable && retry < retries
    }

    /// What the provider asked for, else twice as long each time, with jitter so that callers do not return together.
    func delay(beforeRetry retry: Int, after error: ChatError) -> Duration {
        if case .rateLimited(let wait?) = error { return min(wait, patience) }
        return min(base * (1 << min(retry, 10)), longest) * Double.random(in: 0.5...1)
    }
}
