import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct BaggageTests {
    typealias Fixture = PropagationFixture.Baggage

    @Test(arguments: try PropagationFixture.baggage().parse)
    func `every vector is read as the specification says`(_ vector: Fixture.Case) throws {
        var faults: [Monitor.HeaderFault] = []
        let carrier = ["baggage": vector.baggageHeaders]
        let baggage = Monitor.RemoteContext.extract(from: carrier) { faults.append($0) }?.baggage ?? Monitor.Baggage()
        #expect(baggage.entries.map(Self.entry) == vector.entries)
        #expect(baggage.count == vector.entries.count)
        #expect(faults == (vector.droppedMembers == nil ? [] : [.baggageMembers]))
        #expect(baggage == Monitor.Baggage(parsing: vector.baggageHeaders))

        var again = Monitor.Baggage()
        for entry in baggage.entries {
            again = try again.setting(entry.value, for: entry.key, metadata: entry.metadata)
        }
        #expect(again.headerValue == vector.normalised)
    }

    @Test(arguments: try PropagationFixture.baggage().serialise)
    func `every vector of encoding is written as the specification says`(_ vector: Fixture.Serialisation) throws {
        let baggage = try Monitor.Baggage().setting(vector.value, for: vector.key)
        #expect(baggage.headerValue == vector.header)
        #expect(Monitor.Baggage(parsing: [vector.header])[vector.key] == vector.value)
    }

    private static func entry(_ entry: Monitor.Baggage.Entry) -> Fixture.Entry {
        let properties = (entry.metadata ?? "").split(separator: ";").map { property in
            let parts = property.split(separator: "=", maxSplits: 1).map(String.init)
            return Fixture.Property(key: parts[0], value: parts.count > 1 ? parts[1] : nil)
        }
        return Fixture.Entry(key: entry.key, value: entry.value, properties: properties)
    }

    @Test(arguments: [
        "a=%41%2b%2B,b=x;p=%20",
        "k=%ff%41,l=%4;q;r=s=t",
        "sentry-trace_id=771a43a4192642f0b136d5159a501700,sentry-sampled=true",
    ])
    func `what was received is sent on in its own encoding`(_ header: String) throws {
        let baggage = Monitor.Baggage(parsing: [header])
        #expect(baggage.headerValue == header)
        #expect(try baggage.setting("1", for: "new").headerValue == header + ",new=1")
        #expect(try baggage.setting("1", for: "new").removing("new") == baggage)
    }

    @Test func `white space and malformed members are not sent on`() {
        let baggage = Monitor.Baggage(parsing: [" a = 1 ; p = q ; r ,bad,\tb=2,", "\"=3"])
        #expect(baggage.headerValue == "a=1;p=q;r,b=2")
    }

    @Test func `a member that is set again stands last and loses its metadata`() throws {
        let baggage = Monitor.Baggage(parsing: ["a=1;p,b=2"])
        #expect(try baggage.setting("3", for: "a").headerValue == "b=2,a=3")
        #expect(try baggage.setting("3", for: "a", metadata: "x;y=z").headerValue == "b=2,a=3;x;y=z")
        #expect(baggage.removing("a").headerValue == "b=2")
        #expect(baggage.removing("b").headerValue == "a=1;p")
        #expect(baggage.removing("c") == baggage)
        #expect(baggage.removing("a").removing("b") == Monitor.Baggage())
    }

    @Test func `of a repeated key the last counts wherever it stands`() {
        #expect(Monitor.Baggage(parsing: ["a=1,b=2,c=3,b=4"]).headerValue == "a=1,c=3,b=4")
        #expect(Monitor.Baggage(parsing: ["a=1,b=2", "a=3"]).headerValue == "b=2,a=3")
        #expect(Monitor.Baggage(parsing: ["a=1", "a=2", "a=33"]).headerValue == "a=33")
    }

    @Test func `keys are case-sensitive and found whole`() {
        let baggage = Monitor.Baggage(parsing: ["Key=1,ke=2,key=3"])
        #expect(baggage["Key"] == "1" && baggage["ke"] == "2" && baggage["key"] == "3")
        #expect(baggage["KEY"] == nil && baggage["k"] == nil && baggage[""] == nil && baggage["ke=2,key"] == nil)
    }

    @Test(arguments: ["", "a b", "a,b", "a=b", "a;b", "é", "a\n", "(a)", "\"a\"", "a/b", "[a]", "{a}", "a@b", "a:b"])
    func `a key that is not a token is told and nothing changed`(_ key: String) {
        let problem = #expect(throws: Monitor.Problem.self) { try Monitor.Baggage().setting("1", for: key) }
        #expect(problem?.code == "invalid-key")
        #expect(problem?.subject == "baggage")
    }

    @Test(arguments: ["", ";", "p;", "p q", "p=a,b=c", "p=a b", "=x", "p=\"x\"", "p\r\nx: y", "p=é"])
    func `metadata that cannot be sent is told and nothing changed`(_ metadata: String) {
        let problem = #expect(throws: Monitor.Problem.self) {
            try Monitor.Baggage().setting("1", for: "a", metadata: metadata)
        }
        #expect(problem?.code == "invalid-metadata")
    }

    @Test func `64 members are kept and the 65th is not`() throws {
        let members = (0..<65).map { "k\($0)=v" }
        let full = members.prefix(64).joined(separator: ",")
        #expect(Monitor.Baggage(parsing: [full]).headerValue == full)
        #expect(Monitor.Baggage(parsing: members).headerValue == full)
        let baggage = Monitor.Baggage(parsing: [full])
        let problem = #expect(throws: Monitor.Problem.self) { try baggage.setting("v", for: "k64") }
        #expect(problem?.code == "full")
        #expect(try baggage.setting("w", for: "k0").count == 64)
    }

    @Test func `8192 bytes are kept and members above are dropped whole`() throws {
        let longest = String(repeating: "x", count: 8190)
        #expect(Monitor.Baggage(parsing: ["k=" + longest]).headerValue == "k=" + longest)
        #expect(Monitor.Baggage(parsing: [" k = \(longest) "]).headerValue == "k=" + longest)
        #expect(Monitor.Baggage(parsing: ["k=x" + longest]).isEmpty)
        #expect(Monitor.Baggage(parsing: ["k=" + longest.dropLast(3), "ab=1,a=1"]).count == 1)
        #expect(Monitor.Baggage(parsing: ["k=" + longest.dropLast(4), "ab=1,a=1"]).entries.last?.key == "a")
        #expect(try Monitor.Baggage().setting(longest, for: "k").headerValue?.utf8.count == 8192)
        let problem = #expect(throws: Monitor.Problem.self) { try Monitor.Baggage().setting(longest + "x", for: "k") }
        #expect(problem?.code == "full")
        #expect(throws: Monitor.Problem.self) {
            try Monitor.Baggage().setting(String(repeating: "é", count: 2000), for: "k")
        }
    }

    @Test func `any text survives and what is sent is printable ASCII`() throws {
        var random = PropagationRandom(seed: 8)
        for _ in 0..<500 {
            var baggage = Monitor.Baggage()
            var expected: [(String, String)] = []
            for _ in 0..<10 {
                let key = random.text(of: "aZ0!#$%&'*+-.^_`|~", length: 1...3)
                let value = random.text(of: "a%+ ,;=\"\\\t\n\u{0}é日😀\u{feff}", length: 0...12)
                baggage = try baggage.setting(value, for: key)
                expected.removeAll { $0.0 == key }
                expected.append((key, value))
            }
            let header = try #require(baggage.headerValue)
            #expect(header.utf8.allSatisfy { 0x21...0x7e ~= $0 })
            let read = Monitor.Baggage(parsing: [header])
            #expect(read == baggage)
            #expect(read.entries.map(\.key) == expected.map(\.0))
            #expect(read.entries.map { Array($0.value.utf8) } == expected.map { Array($0.1.utf8) })
            for (key, value) in expected { #expect(read[key].map { Array($0.utf8) } == Array(value.utf8)) }
        }
    }

    @Test func `a mutated list keeps only valid members`() {
        var random = PropagationRandom(seed: 9)
        for _ in 0..<FuzzRounds.count(5000) {
            let header = random.mutation(of: "userId=Am%C3%A9lie;p=1;q,serverNode=DF%2028, isProduction = false")
            let baggage = Monitor.Baggage(parsing: [header, random.mutation(of: "userId=x")])
            let again = Monitor.Baggage(parsing: [baggage.headerValue ?? ""])
            #expect(again == baggage)
            #expect(again.entries == baggage.entries)
            #expect(again.count == again.entries.count)
            #expect(Set(again.entries.map(\.key)).count == again.count)
            #expect(again.entries.allSatisfy { again[$0.key] == $0.value })
        }
    }

    @Test func `random text never traps`() {
        var random = PropagationRandom(seed: 10)
        for length in 0..<FuzzRounds.count(5000) {
            let text = random.text(of: "ab=,;% \t\u{0}é", length: 0...(length % 60))
            let baggage = Monitor.Baggage(parsing: [text, text, text])
            for entry in baggage.entries { #expect(baggage.removing(entry.key).count == baggage.count - 1) }
        }
    }

    @Test func `a megabyte is dropped`() {
        #expect(Monitor.Baggage(parsing: [String(repeating: "a=1,", count: 1 << 18)]).isEmpty)
        #expect(Monitor.Baggage(parsing: Array(repeating: "a=1", count: 1 << 18)).isEmpty)
    }

    @Test func `no more than 180 members are looked at`() {
        let many = (0..<180).map { _ in "a=1" }
        #expect(Monitor.Baggage(parsing: many + ["b=2"])["b"] == nil)
        #expect(Monitor.Baggage(parsing: many.dropLast() + ["b=2"])["b"] == "2")
    }
}
