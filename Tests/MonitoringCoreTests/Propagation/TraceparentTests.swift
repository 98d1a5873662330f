import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct TraceparentTests {
    private static let valid = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test(arguments: try PropagationFixture.traceparents())
    func `every vector is read as the specification says`(_ vector: PropagationFixture.Traceparent) throws {
        let pairs = vector.headers.map { ($0[0], $0[1]) }
        let context = Monitor.TraceContext(traceparent: Monitor.Headers(pairs).values("traceparent"))
        #expect((context != nil) == vector.valid)
        guard let expected = vector.expected else { return }
        let read = try #require(context)
        #expect(read.traceID.description == expected.traceId)
        #expect(read.spanID.description == expected.parentId)
        #expect(read.isSampled == expected.sampled)
        #expect(read.flags.contains(.random) == expected.random)
        #expect(read.traceparent == expected.normalised)
        #expect(read.isRemote)
        #expect(read.traceState.isEmpty)
    }

    @Test func `a context without a header is none`() {
        #expect(Monitor.TraceContext(traceparent: []) == nil)
        #expect(Monitor.TraceContext(traceparent: [], tracestate: ["a=1"]) == nil)
    }

    @Test func `a tracestate that is not valid is dropped and the context kept`() throws {
        let context = try #require(Monitor.TraceContext(traceparent: [Self.valid], tracestate: ["a=1,BAD=2"]))
        #expect(context.traceState.isEmpty)
        #expect(context.traceparent == Self.valid)
    }

    @Test func `a tracestate over several headers is read with the context`() throws {
        let context = try #require(Monitor.TraceContext(traceparent: [Self.valid], tracestate: ["a=1", "b=2"]))
        #expect(context.traceState.headerValue == "a=1,b=2")
    }

    @Test func `only sampled and random are written`() {
        let context = Monitor.TraceContext(
            traceID: Monitor.TraceID(high: 1, low: 2),
            spanID: Monitor.SpanID(3),
            flags: Monitor.TraceFlags(rawValue: 0xff)
        )
        #expect(context.traceparent == "00-00000000000000010000000000000002-0000000000000003-03")
    }

    @Test func `what is written is read back`() throws {
        var random = PropagationRandom(seed: 1)
        for _ in 0..<FuzzRounds.count(2000) {
            let context = Monitor.TraceContext(
                traceID: Monitor.TraceID(high: random.next(), low: random.next()),
                spanID: Monitor.SpanID(random.next() | 1),
                flags: Monitor.TraceFlags(rawValue: UInt8(random.next() & 3)),
                isRemote: true
            )
            let text = context.traceparent
            #expect(text.utf8.count == 55)
            #expect(Monitor.TraceContext(traceparent: [text]) == context)
        }
    }

    @Test func `a mutated header is refused or still a valid context`() {
        var random = PropagationRandom(seed: 2)
        for _ in 0..<FuzzRounds.count(5000) {
            let text = random.mutation(of: Self.valid)
            guard let context = Monitor.TraceContext(traceparent: [text]) else { continue }
            #expect(context.isValid)
            #expect(Monitor.TraceContext(traceparent: [context.traceparent]) == context)
        }
    }

    @Test func `random bytes are refused`() {
        var random = PropagationRandom(seed: 3)
        for length in 0..<FuzzRounds.count(2000) {
            let bytes = (0..<length % 130).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(Monitor.TraceContext(traceparent: [String(decoding: bytes, as: UTF8.self)]) == nil)
        }
    }

    @Test(arguments: ["\u{0}", "\n", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{a0}", "\u{feff}"])
    func `only space and tab may surround the value`(_ other: String) {
        #expect(Monitor.TraceContext(traceparent: [Self.valid + other]) == nil)
        #expect(Monitor.TraceContext(traceparent: [other + Self.valid]) == nil)
        #expect(Monitor.TraceContext(traceparent: ["\t \(Self.valid) \t"]) != nil)
    }

    @Test func `invalid UTF-8 is refused`() {
        var bytes = Array(Self.valid.utf8)
        bytes[10] = 0xff
        #expect(Monitor.TraceContext(traceparent: [String(decoding: bytes, as: UTF8.self)]) == nil)
    }

    @Test func `a later version may be longer up to a bound`() {
        let later = "01" + Self.valid.dropFirst(2) + "-"
        #expect(Monitor.TraceContext(traceparent: [later + String(repeating: "x", count: 456)]) != nil)
        #expect(Monitor.TraceContext(traceparent: [later + String(repeating: "x", count: 457)]) == nil)
    }

    @Test func `a megabyte is refused`() {
        let megabyte = String(repeating: " ", count: 1 << 20)
        #expect(Monitor.TraceContext(traceparent: [megabyte + Self.valid]) == nil)
        #expect(Monitor.TraceContext(traceparent: ["cc" + Self.valid.dropFirst(2) + "-" + megabyte]) == nil)
        #expect(Monitor.TraceContext(traceparent: Array(repeating: Self.valid, count: 10_000)) == nil)
    }
}

@Suite struct ContextIDTests {
    @Test func `ids are read from their text`() throws {
        var random = PropagationRandom(seed: 4)
        for _ in 0..<1000 {
            let trace = Monitor.TraceID(high: random.next(), low: random.next())
            #expect(Monitor.TraceID(trace.description) == trace)
            #expect(Monitor.TraceID(trace.description.uppercased()) == trace)
            let span = Monitor.SpanID(random.next())
            #expect(Monitor.SpanID(span.description) == span)
            #expect(Monitor.SpanID(span.description.uppercased()[...]) == span)
        }
    }

    @Test func `zeros are read as an id that is not valid`() throws {
        #expect(try !#require(Monitor.TraceID(String(repeating: "0", count: 32))).isValid)
        #expect(try !#require(Monitor.SpanID(String(repeating: "0", count: 16))).isValid)
    }

    @Test(arguments: [
        "", "0", "+123456789012345", " 23456789012345f", "g234567890123456", "1234567890123456 ", "٣٤٥٦٧٨٩٠",
    ])
    func `anything but the right number of digits is refused`(_ text: String) {
        #expect(Monitor.SpanID(text) == nil)
        #expect(Monitor.TraceID(text + text) == nil)
    }
}
