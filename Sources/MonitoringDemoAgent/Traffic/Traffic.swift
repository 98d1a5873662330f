/// Plays the readers: begins conversations at a fixed rate, however long the ones before take.
struct Traffic: Sendable {
    private let assistant: Assistant
    private let plan: @Sendable (Int) -> ConversationPlan
    private let rate: Double
    /// The number of conversations; nil for no end.
    private let limit: Int?
    private let arrivals: AsyncStream<Int>
    private let continuation: AsyncStream<Int>.Continuation

    /// Prepares traffic; nothing happens before ``run()``.
    ///
    /// - Parameters:
    ///   - assistant: Who is asked.
    ///   - rate: Conversations begun a second.
    ///   - seconds: How long conversations are begun; 0 until ``stop()``.
    ///   - plan: What is asked in the conversation of a number.
    init(
        to assistant: Assistant,
        rate: Double,
        seconds: Double,
        plan: @escaping @Sendable (Int) -> ConversationPlan
    ) {
        self.assistant = assistant
        self.plan = plan
        self.rate = rate
        self.limit = seconds == 0 ? nil : Int((rate * seconds).rounded(.up))
        (self.arrivals, self.continuation) = AsyncStream.makeStream()
    }

    /// Has the conversations and returns when all have ended.
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
        var number = 0
        while limit.map({ number < $0 }) ?? true {
            guard (try? await clock.sleep(until: start + .seconds(Double(number) / rate))) != nil else { break }
            continuation.yield(number)
            number += 1
        }
        continuation.finish()
    }

    /// One reader's questions, each after the answer before.
    ///
    /// A reader who gets no answer goes away.
    private func converse(_ plan: ConversationPlan) async {
        for question in plan.questions {
            guard (try? await assistant.answer(question, in: plan.id, for: plan.user)) != nil else { return }
        }
    }
}
