import MonitoringCore
import MonitoringExport
import Testing

@Suite struct OTLPSpanEncoderTests {
    @Test func `the smallest span has ids, flags, name, kind and times, and no defaults`() throws {
        #expect(
            try EncodedSpan().json()
                == .object([
                    "traceId": .string("0123456789abcdeffedcba9876543210"),
                    "spanId": .string("00f067aa0ba902b7"),
                    "flags": .number(0x103),
                    "name": .string("chat m"),
                    "kind": .number(3),
                    "startTimeUnixNano": .string("1800000000000000001"),
                    "endTimeUnixNano": .string("1800000000000000006"),
                ])
        )
    }

    @Test(
        arguments: [
            (Monitor.TraceFlags([]), false, 0x100), (.sampled, false, 0x101), ([.sampled, .random], false, 0x103),
            (.sampled, true, 0x301), ([], true, 0x300), (Monitor.TraceFlags(rawValue: 0xff), true, 0x3ff),
        ] as [(Monitor.TraceFlags, Bool, Int)])
    func `flags hold the W3C byte and what is known of the parent`(
        flags: Monitor.TraceFlags, isRemote: Bool, expected: Int
    ) throws {
        var span = EncodedSpan(parent: Monitor.SpanID(1), parentIsRemote: isRemote)
        span.trace.flags = flags
        #expect(try span.json()["flags"] == .number(Double(expected)))
        #expect(try span.json()["parentSpanId"] == .string("0000000000000001"))
    }

    @Test func `links say whether they lead to another process, in bits of their own`() throws {
        var remote = EncodedSpan().trace
        remote.isRemote = true
        var local = remote
        (local.isRemote, local.flags) = (false, [])
        let link = Monitor.Link(
            context: remote, attributes: [EncodedSpan.attribute("a", .int(1))], droppedAttributes: 2)
        let links = try EncodedSpan(links: [link, Monitor.Link(context: local)]).json()["links"]
        #expect(links?[0]?["flags"] == .number(0x303))
        #expect(links?[0]?["attributes"]?.attribute("a") == .object(["intValue": .string("1")]))
        #expect(links?[0]?["droppedAttributesCount"] == .number(2))
        #expect(links?[1]?["flags"] == .number(0x100))
        #expect(links?[1]?["attributes"] == nil)
        #expect(links?[1]?["traceId"] == .string("0123456789abcdeffedcba9876543210"))
    }

    @Test func `events keep their order, times and attributes`() throws {
        let events = [
            Monitor.Event(name: "late", unixNanoseconds: 20, attributes: [EncodedSpan.attribute("a", .bool(false))]),
            Monitor.Event(name: "early", unixNanoseconds: 10, attributes: [], droppedAttributes: 1),
        ]
        let json = try EncodedSpan(events: events).json()["events"]
        #expect(json?.array.map { $0["name"]?.string } == ["late", "early"])
        #expect(json?.array.map { $0["timeUnixNano"]?.string } == ["20", "10"])
        #expect(json?[0]?["attributes"]?.attribute("a") == .object(["boolValue": .bool(false)]))
        #expect(json?[1]?["droppedAttributesCount"] == .number(1))
    }

    @Test func `an error has a status, and a message that says more than its type`() throws {
        func status(_ type: String, _ message: String) throws -> JSONValue? {
            let failure = Monitor.Failure(type: type, message: message, error: nil, surfacedHere: true)
            return try EncodedSpan(outcome: .error, failure: failure).json()["status"]
        }
        #expect(try status("429", "slow down") == .object(["code": .number(2), "message": .string("slow down")]))
        #expect(try status("429", "429") == .object(["code": .number(2)]))
        #expect(try status("429", "") == .object(["code": .number(2)]))
        #expect(try EncodedSpan(outcome: .cancelled).json()["status"] == nil)
    }

    @Test func `what the limits kept out is counted`() throws {
        let json = try EncodedSpan(dropped: (1, 2, 3)).json()
        #expect(json["droppedAttributesCount"] == .number(1))
        #expect(json["droppedEventsCount"] == .number(2))
        #expect(json["droppedLinksCount"] == .number(3))
    }

    @Test func `a name of one part has no blank`() throws {
        #expect(try EncodedSpan(name: Monitor.OperationName("verb")).json()["name"] == .string("verb"))
        #expect(try EncodedSpan(name: Monitor.OperationName("", "subject")).json()["name"] == .string("subject"))
    }

    @Test(arguments: [Monitor.SpanKind.internal, .server, .client, .producer, .consumer])
    func `kinds are numbers`(kind: Monitor.SpanKind) throws {
        #expect(try EncodedSpan(kind: kind).json()["kind"] == .number(Double(kind.rawValue)))
    }
}
