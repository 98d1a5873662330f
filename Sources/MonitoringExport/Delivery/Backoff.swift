/// How long to wait between attempts when the receiver does not say.
package struct Backoff: Sendable, Hashable {
    /// The wait after the first failure, before jitter.
    package var base: Duration
    /// By how much each further failure makes it longer.
    package var multiplier: Double
    /// The longest wait, before jitter.
    package var maximum: Duration

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - base: The wait after the first failure.
    ///   - multiplier: By how much each further failure makes it longer.
    ///   - maximum: The longest wait.
    package init(base: Duration = .seconds(1), multiplier: Double = 2, maximum: Duration = .seconds(60)) {
        self.base = base
        self.multiplier = multiplier
        self.maximum = maximum
    }

    /// The wait after a number of failures in a row: between a half and the whole of `base * multiplier ^ (n - 1)`, so
    /// that processes that failed together do not come back together.
    ///
    /// - Parameters:
    ///   - failures: How many there were; at least one.
    ///   - random: From 0 to 1.
    /// - Returns: The wait.
    package func wait(afterFailures failures: Int, random: Double) -> Duration {
        var wait = base
        var left = failures - 1
        while left > 0, wait < maximum, multiplier > 1 {
            wait = wait * multiplier
            left -= 1
        }
        return min(wait, maximum) * (0.5 + 0.5 * min(max(random, 0), 1))
    }
}
