import MonitoringCore
import MonitoringExport
import Testing

@Suite struct OTLPTraceRequestTests {
    private func request(_ identity: [UInt8], _ spans: [EncodedSpan]) throws -> JSONValue {
        guard case .joined(let prefix, let separator, let suffix) = OTLPTraceRequest.framing else {
            throw NotJoined()
        }
        let records = try spans.map { try #require($0.bytes()) }
        return try JSONValue(parsing: prefix(identity) + Array(records.joined(separator: separator)) + suffix)
    }

    private struct NotJoined: Error {}

    @Test func `spans stand in one scope of one resource, each with its schema`() throws {
        let resource = Monitor.Resource([.init("service.name", .string("s"))], schemaURL: "https://schema/1")
        let scope = OTLPScope(
            name: "lib", version: "1.2", schemaURL: "https://schema/2", attributes: [.init("a", .string("v"))])
        let identity = OTLPTraceRequest.identity(resource: resource, scope: scope)
        let json = try request(identity, [EncodedSpan(), EncodedSpan(name: Monitor.OperationName("second"))])
        let group = json["resourceSpans"]?[0]
        #expect(json["resourceSpans"]?.array.count == 1)
        #expect(group?["resource"]?["attributes"]?.attribute("service.name") == .object(["stringValue": .string("s")]))
        #expect(group?["schemaUrl"] == .string("https://schema/1"))
        let spans = group?["scopeSpans"]?[0]
        #expect(group?["scopeSpans"]?.array.count == 1)
        #expect(spans?["schemaUrl"] == .string("https://schema/2"))
        #expect(spans?["scope"]?["name"] == .string("lib"))
        #expect(spans?["scope"]?["version"] == .string("1.2"))
        #expect(spans?["scope"]?["attributes"]?.attribute("a") == .object(["stringValue": .string("v")]))
        #expect(spans?["spans"]?.array.map { $0["name"]?.string } == ["chat m", "second"])
    }

    @Test func `this package's own scope says name, version and schema`() throws {
        let json = try request(OTLPTraceRequest.identity(resource: Monitor.Resource()), [EncodedSpan()])
        let spans = json["resourceSpans"]?[0]?["scopeSpans"]?[0]
        #expect(spans?["scope"]?["name"] == .string("swift-agent-monitoring"))
        #expect(spans?["scope"]?["version"] == .string(MonitoringVersion.current))
        #expect(spans?["schemaUrl"] == .string(Monitor.Resource.currentSchemaURL))
    }

    @Test func `a resource of any size leaves room for the rest`() throws {
        let attributes = (0..<200).map { Monitor.KeyValue("k\($0)", .string(String(repeating: "\u{1}", count: 1_000))) }
        let identity = OTLPTraceRequest.identity(resource: Monitor.Resource(attributes))
        #expect(identity.count <= 64 * 1024)
        let resource = try request(identity, [EncodedSpan()])["resourceSpans"]?[0]?["resource"]
        let kept = resource?["attributes"]?.array.count ?? 0
        #expect(kept > 0)
        #expect(Double(kept) + (resource?["droppedAttributesCount"]?.number ?? 0) == 200)
    }
}
