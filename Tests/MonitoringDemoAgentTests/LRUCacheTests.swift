import MonitoringCore
import Testing

@testable import MonitoringDemoAgent

struct LRUCacheTests {
    @Test func `the entry that was not used for longest makes room`() {
        var cache = LRUCache<String, Int>(capacity: 2)
        #expect(cache.set(1, for: "a") == nil)
        #expect(cache.set(2, for: "b") == nil)
        #expect(cache.value(for: "a") == 1)
        #expect(cache.set(3, for: "c") == "b")
        #expect(cache.value(for: "b") == nil)
        #expect(cache.keys == ["c", "a"])
        #expect(cache.count == 2)
    }

    @Test func `setting again replaces the value and counts as use`() {
        var cache = LRUCache<String, Int>(capacity: 2)
        cache.set(1, for: "a")
        cache.set(2, for: "b")
        #expect(cache.set(10, for: "a") == nil)
        #expect(cache.keys == ["a", "b"])
        #expect(cache.value(for: "a") == 10)
    }

    @Test(arguments: [0, 1])
    func `the smallest cache keeps one`(capacity: Int) {
        var cache = LRUCache<Int, Int>(capacity: capacity)
        cache.set(1, for: 1)
        #expect(cache.set(2, for: 2) == 1)
        #expect(cache.keys == [2])
    }

    @Test(arguments: 1...8)
    func `behaves as a list that is kept by hand`(capacity: Int) {
        var draw = SplitMix64(seed: UInt64(capacity))
        var cache = LRUCache<Int, Int>(capacity: capacity)
        var model: [(key: Int, value: Int)] = []
        for step in 0..<3000 {
            let key = Int.random(in: 0..<12, using: &draw)
            let known = model.firstIndex { $0.key == key }.map { model.remove(at: $0) }
            if draw.chance(0.5) {
                #expect(cache.value(for: key) == known?.value)
                if let known { model.insert(known, at: 0) }
            } else {
                cache.set(step, for: key)
                model.insert((key, step), at: 0)
                if model.count > capacity { model.removeLast() }
            }
            #expect(cache.keys == model.map(\.key))
        }
    }
}

struct AnswerCacheTests {
    @Test func `an answer is given again to the same reader, whatever the case and blanks`() throws {
        let cache = AnswerCache(capacity: 4, breaker: Breaker(), monitor: .off)
        #expect(try cache.answer(to: "When?", from: "ada") == nil)
        try cache.store("Now.", to: "When?", from: "ada")
        #expect(try cache.answer(to: "  WHEN? ", from: "ada") == "Now.")
        #expect(try cache.answer(to: "When?", from: "ben") == nil)
        #expect(cache.counts == AnswerCache.Counts(hits: 1, misses: 2))
    }

    @Test func `broken, it says so and counts nothing`() {
        let breaker = Breaker([.cache])
        let cache = AnswerCache(capacity: 4, breaker: breaker, monitor: .off)
        #expect(throws: AnswerCacheError.unavailable) { try cache.answer(to: "When?", from: "ada") }
        #expect(throws: AnswerCacheError.unavailable) { try cache.store("Now.", to: "When?", from: "ada") }
        #expect(cache.counts == AnswerCache.Counts())
    }
}

struct ConversationsTests {
    @Test func `keeps the last messages of the last conversations`() {
        let conversations = Conversations(limit: 2, messageLimit: 4)
        for number in 0..<3 { conversations.append("q\(number)", "a\(number)", to: "first") }
        #expect(conversations.history(of: "first").map(\.content) == ["q1", "a1", "q2", "a2"])
        conversations.append("q", "a", to: "second")
        conversations.append("q", "a", to: "third")
        #expect(conversations.history(of: "first").isEmpty)
        #expect(conversations.history(of: "third").map(\.role) == [.user, .assistant])
    }
}
