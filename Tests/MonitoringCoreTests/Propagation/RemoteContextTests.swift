import MonitoringCore
import Testing

@Suite struct RemoteContextTests {
    private static let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private func extract(
        _ carrier: any Monitor.HeaderCarrier
    ) -> (context: Monitor.RemoteContext?, faults: [Monitor.HeaderFault]) {
        var faults: [Monitor.HeaderFault] = []
        return (Monitor.RemoteContext.extract(from: carrier) { faults.append($0) }, faults)
    }

    @Test func `everything is read`() throws {
        let carrier = Monitor.Headers([
            ("Baggage", "a=1"), ("TraceState", "x=1"), ("TRACEPARENT", Self.traceparent), ("tracestate", "y=2"),
            ("baggage", "b=2"),
        ])
        let (context, faults) = extract(carrier)
        let read = try #require(context)
        #expect(read.traceContext?.traceparent == Self.traceparent)
        #expect(read.traceContext?.traceState.headerValue == "x=1,y=2")
        #expect(read.traceContext?.isRemote == true)
        #expect(read.baggage.headerValue == "a=1,b=2")
        #expect(faults == [])
    }

    @Test func `nothing sent is nothing and no fault`() {
        let (context, faults) = extract(["accept": "x", "tracestate": "a=1"])
        #expect(context == nil)
        #expect(faults == [])
    }

    @Test func `baggage survives a traceparent that is not valid`() throws {
        let (context, faults) = extract(["traceparent": "x", "tracestate": "a=1", "baggage": "a=1"])
        let read = try #require(context)
        #expect(read.traceContext == nil)
        #expect(read.baggage["a"] == "1")
        #expect(faults == [.traceparentLength])
    }

    @Test(arguments: [
        (["", ""], Monitor.HeaderFault.traceparentRepeated),
        ([""], .traceparentLength),
        ([traceparent + "-x"], .traceparentLength),
        (["ff" + traceparent.dropFirst(2)], .traceparentVersion),
        (["0x" + traceparent.dropFirst(2)], .traceparentVersion),
        ([traceparent.uppercased()], .traceparentGrammar),
        (["00-00000000000000000000000000000000-00f067aa0ba902b7-01"], .traceparentZero),
        (["00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"], .traceparentZero),
    ])
    func `the reason for refusing a traceparent is told`(_ values: [String], _ fault: Monitor.HeaderFault) {
        let (context, faults) = extract(["traceparent": values])
        #expect(context == nil)
        #expect(faults == [fault])
    }

    @Test func `what is dropped beside a valid traceparent is told`() throws {
        let (context, faults) = extract(["traceparent": Self.traceparent, "tracestate": "A=1", "baggage": "bad"])
        #expect(context?.traceContext?.traceState.isEmpty == true)
        #expect(context?.baggage.isEmpty == true)
        #expect(faults == [.tracestateInvalid, .baggageMembers])
    }

    @Test func `a fault is a problem that repeats nothing of what was received`() {
        let problems = Monitor.HeaderFault.allCases.map(\.problem)
        #expect(Set(problems).count == Monitor.HeaderFault.allCases.count)
        #expect(Set(problems.map(\.code)) == ["invalid-header"])
        #expect(Set(problems.map(\.subject)) == ["traceparent", "tracestate", "baggage"])
    }

    @Test func `headers of a megabyte are refused`() {
        let megabyte = String(repeating: "a=1,", count: 1 << 18)
        let (context, faults) = extract([
            "traceparent": Self.traceparent, "tracestate": megabyte, "baggage": megabyte,
        ])
        #expect(context?.traceContext?.traceparent == Self.traceparent)
        #expect(context?.traceContext?.traceState.isEmpty == true)
        #expect(context?.baggage.isEmpty == true)
        #expect(faults == [.tracestateInvalid, .baggageLength])
        #expect(extract(["traceparent": megabyte]).faults == [.traceparentLength])
    }
}
