import MonitoringCore
import MonitoringExport
import Testing

@Suite struct OTLPSizeTests {
    @Test func `attributes that do not fit are left out and counted`() throws {
        let long = String(repeating: "x", count: 300)
        let attributes = (0..<10).map { EncodedSpan.attribute("\($0)", .string($0.isMultiple(of: 2) ? long : "short")) }
        let json = try EncodedSpan(attributes: attributes, dropped: (2, 0, 0)).json(limit: 1_024)
        let keys = json["attributes"]?.array.compactMap { $0["key"]?.string }
        #expect(keys == ["0", "1", "3", "5", "7", "9"])
        #expect(json["droppedAttributesCount"] == .number(6))
    }

    @Test func `events and links that do not fit are left out and counted`() throws {
        let long = EncodedSpan.attribute("k", .string(String(repeating: "\u{1}", count: 10_000)))
        let json = try EncodedSpan(
            events: [
                .init(name: "e", unixNanoseconds: 1, attributes: [long]),
                .init(name: "f", unixNanoseconds: 2, attributes: []),
            ],
            links: [.init(context: EncodedSpan().trace, attributes: [long]), .init(context: EncodedSpan().trace)]
        ).json(limit: 4_096)
        #expect(json["events"]?.array.map { $0["name"]?.string } == ["f"])
        #expect(json["droppedEventsCount"] == .number(1))
        #expect(json["links"]?.array.count == 1)
        #expect(json["droppedLinksCount"] == .number(1))
    }

    @Test func `a span is never longer than its limit, whatever fills it`() throws {
        let attributes = (0..<125).map { EncodedSpan.attribute("\($0)", .string(String(repeating: "\"", count: $0))) }
        for limit in stride(from: 400, through: 6_000, by: 331) {
            guard let bytes = EncodedSpan(attributes: attributes).bytes(limit: limit) else {
                #expect(limit < 600)
                continue
            }
            #expect(bytes.count <= limit)
            let json = try JSONValue(parsing: bytes)
            let kept = json["attributes"]?.array.count ?? 0
            #expect(Double(kept) + (json["droppedAttributesCount"]?.number ?? 0) == 125)
        }
    }

    @Test func `a span whose name alone is too long is not written`() {
        let name = Monitor.OperationName(String(repeating: "n", count: 2_000))
        #expect(EncodedSpan(name: name).bytes(limit: 1_024) == nil)
        #expect(EncodedSpan(name: Monitor.OperationName("n")).bytes(limit: 1_024) != nil)
    }

    @Test func `a value of ten megabytes leaves the span without it`() throws {
        let huge = String(repeating: "x\n", count: 5_000_000)
        let attributes = [EncodedSpan.attribute("huge", .string(huge)), EncodedSpan.attribute("small", .int(1))]
        let json = try EncodedSpan(attributes: attributes).json()
        #expect(json["attributes"]?.array.count == 1)
        #expect(json["droppedAttributesCount"] == .number(1))
    }
}
