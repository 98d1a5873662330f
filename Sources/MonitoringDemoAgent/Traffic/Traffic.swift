/// Plays the readers: begins conversations at a fixed rate, however long the ones before take.
struct Traffic: Sendable {
    private static let forEver = Duration.seconds(100 * 365 * 86_400)

    private let visit: @Sendable (Visit, Session) async throws -> Void
    private let plan: @Sendable (Int) -> ConversationPlan
    private let rate: Double
    /// The number of conversations; nil for no end.
    private let limit: Int?
    private let duration: Duration
    private let arrivals: AsyncStream<Int>
    private let continuation: AsyncStream<Int>.Continuation

    /// Prepares traffic; nothing happens before ``run()``.
    ///
    /// - Parameters:
    ///   - rate: Conversations begun a second.
    ///   - seconds: How long conversations are begun; 0 until ``stop()``.
    ///   - plan: What is done in the conversation of a number.
    ///   - visit: Makes one visit and waits for its end.
    init(
        rate: Double,
        seconds: Double,
        plan: @escaping @Sendable (Int) -> ConversationPlan,
        visit: @escaping @Sendable (Visit, Session) async throws -> Void
    ) {
        self.visit = visit
        self.plan = plan
        self.rate = rate
        self.limit = seconds == 0 ? nil : Int((rate * seconds).rounded(.up))
        self.duration = seconds == 0 ? Self.forEver : .seconds(seconds)
        (self.arrivals, self.continuation) = AsyncStream.makeStream()
    }

    /// Has the conversations, and returns when all have ended and the time is over.
    func run() async {
        let beginning = Task { await begin() }
        continuation.onTermination = { _ in beginning.cancel() }
        await withDiscardingTaskGroup { conversations in
            for await number in arrivals {
                conversations.addTask { await converse(plan(number)) }
            }
        }
    }

    /// Begins no more conversations; those that have begun go on.
    func stop() {
        continuation.finish()
    }

    private func begin() async {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            for number in 0..<(rate > 0 ? limit ?? .max : 0) {
                try await clock.sleep(until: start + .seconds(Double(number) / rate))
                continuation.yield(number)
            }
            try await clock.sleep(until: start + duration)
        } catch {
            // Stopped before the end.
        }
        continuation.finish()
    }

    /// One reader's visits, each after the one before.
    ///
    /// A reader who gets no answer goes away.
    private func converse(_ plan: ConversationPlan) async {
        for step in plan.visits {
            guard (try? await visit(step, plan.session)) != nil else { return }
        }
    }
}
