/// How long an exchange may take: in silence, and in all.
struct Patience: Sendable {
    private let silence: Duration
    private let limit: Duration
    private let end: ContinuousClock.Instant
    private var silenceEnd: ContinuousClock.Instant

    /// Begins to wait now.
    init(silence: Duration, limit: Duration, now: ContinuousClock.Instant = .now) {
        self.silence = silence
        self.limit = limit
        self.end = now + limit
        self.silenceEnd = now + silence
    }

    /// When it is over, unless something comes before.
    var deadline: ContinuousClock.Instant { min(end, silenceEnd) }

    /// What was too long, once ``deadline`` has passed.
    var failure: HTTPFailure { .timeout(silenceEnd < end ? silence : limit) }

    /// Something came.
    mutating func heard(now: ContinuousClock.Instant = .now) {
        silenceEnd = now + silence
    }
}
