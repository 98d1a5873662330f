import Synchronization
import Testing

@testable import MonitoringDemoAgent

struct TrafficTests {
    @Test func `the seed and the number fix a conversation`() {
        let plans = (0..<200).map { ConversationPlan(number: $0, seed: 7) }
        #expect(plans == (0..<200).map { ConversationPlan(number: $0, seed: 7) })
        #expect(plans != (0..<200).map { ConversationPlan(number: $0, seed: 8) })
        #expect(Set(plans.map(\.session)).count == 200)
        let visits = plans.flatMap(\.visits)
        #expect(visits.contains(.readClock) && visits.contains(.stray(path: "/opening-hours")))
        let questions = plans.flatMap(\.questions)
        for start in ["Compare ", "What time is it?", "Research ", "What is ", "A reader returns ", Questions.thanks] {
            #expect(questions.contains { $0.hasPrefix(start) }, "\(start)")
        }
        #expect(plans.contains { Set($0.questions).count < $0.questions.count })
    }

    @Test func `the same seed has the same operations and outcomes, however the conversations interleave`() async throws
    {
        var transcripts: [[String]] = []
        for _ in 0..<2 {
            let observed = try await ObservedAssistant(seed: 5, faults: ScriptedFaults())
            let traffic = Traffic(rate: 10_000, seconds: 0.006) {
                ConversationPlan(number: $0, seed: 5)
            } visit: {
                try await observed.receive($0, as: $1)
            }
            await traffic.run()
            transcripts.append(try observed.tree.sorted() + [observed.summary.json])
        }
        #expect(transcripts[0] == transcripts[1])
        #expect(transcripts[0].count > 300)
    }

    @Test(arguments: [(10_000, 0.002, 20), (0, 0.001, 0)])
    func `begins as many conversations as rate and time say`(rate: Double, seconds: Double, count: Int) async throws {
        let observed = try await ObservedAssistant()
        let begun = Mutex<[Int]>([])
        let traffic = Traffic(rate: rate, seconds: seconds) { number in
            begun.withLock { $0.append(number) }
            return ConversationPlan(number: number, seed: 1)
        } visit: {
            try await observed.receive($0, as: $1)
        }
        await traffic.run()
        #expect(begun.withLock { $0.sorted() } == Array(0..<count))
    }

    @Test func `without end it goes on until it is stopped, and what has begun comes to its end`() async throws {
        let observed = try await ObservedAssistant()
        let (begun, continuation) = AsyncStream.makeStream(of: Int.self)
        let traffic = Traffic(rate: 1000, seconds: 0) { number in
            continuation.yield(number)
            return ConversationPlan(number: number, seed: 1)
        } visit: {
            try await observed.receive($0, as: $1)
        }
        let running = Task { await traffic.run() }
        for await number in begun where number == 5 { break }
        traffic.stop()
        await running.value
        #expect(observed.summary.traces >= 6)
    }
}
