import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct TraceStateTests {
    typealias Fixture = PropagationFixture.TraceState

    @Test(arguments: try PropagationFixture.traceState().cases)
    func `every vector is read as the specification says`(_ vector: Fixture.Case) throws {
        let traceparent: [String] =
            vector.isIgnored
            ? vector.traceparent.map { [$0] } ?? [] : ["00-12345678901234567890123456789012-1234567890123456-01"]
        let carrier = ["traceparent": traceparent, "tracestate": vector.tracestateHeaders]
        var faults: [Monitor.HeaderFault] = []
        let state = Monitor.RemoteContext.extract(from: carrier) { faults.append($0) }?.traceContext?.traceState
        #expect((state ?? Monitor.TraceState()).entries.map { [$0.key, $0.value] } == vector.entries)
        #expect(state?.headerValue == vector.normalised)
        #expect((state == nil) == vector.isIgnored)
        #expect(faults.contains(.tracestateInvalid) == !vector.valid)
    }

    @Test(arguments: try PropagationFixture.traceState().mutations)
    func `every vector of a change gives its result`(_ vector: Fixture.Mutation) throws {
        let state = try #require(Monitor.TraceState(parsing: [vector.start]))
        var changed = state
        switch vector.op {
        case "set": changed = (try? state.setting(vector.value ?? "", for: vector.key)) ?? state
        default: changed = state.removing(vector.key)
        }
        #expect((changed.headerValue ?? "") == vector.result)
    }

    @Test(arguments: try PropagationFixture.traceState().truncation)
    func `every vector of a list that is too long is shortened by whole entries`(_ vector: Fixture.Truncation) throws {
        let state = try #require(Monitor.TraceState(parsing: [vector.start]))
        #expect(state.headerValue(limit: vector.limit) == vector.result)
        #expect(state.headerValue == vector.start)
    }

    @Test func `512 characters are always sent`() throws {
        let entries = (0..<2).map { "k\($0)=" + String(repeating: "v", count: 252) }
        let text = entries.joined(separator: ",")
        #expect(text.utf8.count == 511)
        #expect(try #require(Monitor.TraceState(parsing: [text])).headerValue(limit: 512) == text)
    }

    @Test func `the longest list that can be received is sent shortened`() throws {
        let entries = (10..<42).map { "k\($0)=" + String(repeating: "v", count: 256) }
        let state = try #require(Monitor.TraceState(parsing: entries))
        #expect(state.entries.count == 32)
        #expect(state.headerValue == entries.prefix(15).joined(separator: ","))
        #expect(state.headerValue(limit: 0) == nil)
    }

    @Test func `keys are found and others are not`() throws {
        let state = try #require(Monitor.TraceState(parsing: ["ab=1,a=2,b=a,b@a= 3"]))
        #expect(state["a"] == "2")
        #expect(state["ab"] == "1")
        #expect(state["b"] == "a")
        #expect(state["b@a"] == " 3")
        #expect(state["c"] == nil)
        #expect(state[""] == nil)
        #expect(state["a=2,b"] == nil)
        #expect(state["abc=1,a=2,b=a,b@a= 3"] == nil)
    }

    @Test(arguments: ["", "A", "a.b", "_a", "@a", "a b", "ä", "a=", "a,", String(repeating: "a", count: 257)])
    func `a key that cannot be sent is told and nothing changed`(_ key: String) throws {
        let state = try Monitor.TraceState().setting("1", for: "x")
        let problem = #expect(throws: Monitor.Problem.self) { try state.setting("2", for: key) }
        #expect(problem?.code == "invalid-key")
        #expect(problem?.subject == "tracestate")
    }

    @Test(arguments: ["", " ", "a ", "a,b", "a=b", "a\tb", "a\nb", "ä", "\u{7f}", String(repeating: "a", count: 257)])
    func `a value that cannot be sent is told and nothing changed`(_ value: String) throws {
        let problem = #expect(throws: Monitor.Problem.self) { try Monitor.TraceState().setting(value, for: "x") }
        #expect(problem?.code == "invalid-value")
        #expect(problem?.description.contains("tracestate was not changed") == true)
    }

    @Test func `the empty state sends nothing`() throws {
        #expect(Monitor.TraceState().headerValue == nil)
        #expect(Monitor.TraceState().entries.isEmpty)
        #expect(Monitor.TraceState(parsing: []) == Monitor.TraceState())
        #expect(Monitor.TraceState(parsing: ["", " ,\t, "]) == Monitor.TraceState())
        #expect(try Monitor.TraceState().setting("1", for: "a").removing("a") == Monitor.TraceState())
    }

    @Test func `what was set is read back in the order it was set`() throws {
        var random = PropagationRandom(seed: 5)
        for _ in 0..<200 {
            var state = Monitor.TraceState()
            var expected: [Monitor.TraceState.Entry] = []
            for _ in 0..<50 {
                let key = random.text(of: "abc09", length: 1...1) + random.text(of: "ab0_-*/@", length: 0...2)
                if Bool.random(using: &random) {
                    let value = random.text(of: " !#~aZ", length: 0...8) + "."
                    state = try state.setting(value, for: key)
                    expected.removeAll { $0.key == key }
                    expected.insert(try #require(state.entries.first), at: 0)
                    #expect(expected.first?.key == key && expected.first?.value == value)
                    expected = Array(expected.prefix(32))
                } else {
                    state = state.removing(key)
                    expected.removeAll { $0.key == key }
                }
                #expect(state.entries == expected)
                #expect(state[key] == expected.first { $0.key == key }?.value)
                #expect(Monitor.TraceState(parsing: [state.headerValue ?? ""]) == state)
            }
        }
    }

    @Test func `a mutated list is refused or valid`() throws {
        var random = PropagationRandom(seed: 6)
        let start = "foo=1,bar@x=2 3,ot=th:c;rv:6e6d1a75832a2f,rojo=00f067aa0ba902b7"
        for _ in 0..<FuzzRounds.count(5000) {
            let values = [random.mutation(of: start), random.mutation(of: "foo=2")].prefix(
                Int.random(in: 1...2, using: &random))
            guard let state = Monitor.TraceState(parsing: Array(values)) else { continue }
            #expect(Set(state.entries.map(\.key)).count == state.entries.count)
            let again = try #require(Monitor.TraceState(parsing: [state.headerValue ?? ""]))
            #expect(again == state)
            #expect(again.entries.allSatisfy { (try? Monitor.TraceState().setting($0.value, for: $0.key)) != nil })
        }
    }

    @Test func `random bytes never trap`() {
        var random = PropagationRandom(seed: 7)
        for length in 0..<FuzzRounds.count(5000) {
            let text = random.text(of: "ab=,;@ \t\u{0}é", length: 0...(length % 60))
            let state = Monitor.TraceState(parsing: [text, text])
            #expect((state?.entries.count ?? 0) <= 32)
            _ = state?.headerValue(limit: length % 20)
        }
    }

    @Test func `a megabyte is refused`() {
        #expect(Monitor.TraceState(parsing: ["a=1" + String(repeating: " ", count: 1 << 20)]) == nil)
        #expect(Monitor.TraceState(parsing: [String(repeating: ",", count: 1 << 20)]) == nil)
        #expect(Monitor.TraceState(parsing: Array(repeating: "", count: 1 << 20)) == nil)
    }
}
