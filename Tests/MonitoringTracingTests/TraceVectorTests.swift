import Foundation
import MonitoringCore
import MonitoringExport
import Synchronization
import Testing

/// The encoder against what the official Python encoder makes, put right where that departs from the specification.
@Suite struct TraceVectorTests {
    @Test(arguments: ["minimal", "anyvalue", "full", "kinds-status", "grouping", "genai-agent"])
    func `a request equals the reference, field by field`(name: String) throws {
        let vector = try Fixture.json("otlp/trace-\(name)")
        let reference = try #require(vector["specConformantEncoding"]?["resourceSpans"]?.array)
        #expect(!reference.isEmpty)
        for resource in reference {
            for scope in resource["scopeSpans"]?.array ?? [] {
                let expected = Self.oneGroup(resource, scope)
                #expect(Self.normal(try request(resource, scope)) == Self.normal(expected))
            }
        }
    }

    @Test(arguments: ["minimal", "anyvalue", "full", "kinds-status", "grouping", "genai-agent"])
    func `the flags are the only thing in which Python's own encoding differs, and the state of links`(name: String)
        throws
    {
        let vector = try Fixture.json("otlp/trace-\(name)")
        func spans(_ key: String) -> [JSONValue] {
            (vector[key]?["resourceSpans"]?.array ?? []).flatMap { $0["scopeSpans"]?.array ?? [] }
                .flatMap { $0["spans"]?.array ?? [] }.map { Self.without(["flags", "traceState"], $0) }
        }
        #expect(spans("pythonEncoding") == spans("specConformantEncoding"))
    }

    private func request(_ resource: JSONValue, _ scope: JSONValue) throws -> JSONValue {
        let identity = OTLPTraceRequest.identity(
            resource: Monitor.Resource(
                Self.keyValues(resource["resource"]?["attributes"]),
                schemaURL: resource["schemaUrl"]?.string ?? ""
            ),
            scope: OTLPScope(
                name: scope["scope"]?["name"]?.string ?? "",
                version: scope["scope"]?["version"]?.string ?? "",
                schemaURL: scope["schemaUrl"]?.string ?? "",
                attributes: Self.keyValues(scope["scope"]?["attributes"])
            )
        )
        guard case .joined(let prefix, let separator, let suffix) = OTLPTraceRequest.framing else { return .null }
        let records = try (scope["spans"]?.array ?? []).map { span in
            try #require(unsafe OTLPSpanEncoder().encode(try Self.record(span)) { unsafe Array($0) })
        }
        return try JSONValue(parsing: prefix(identity) + Array(records.joined(separator: separator)) + suffix)
    }
}

extension TraceVectorTests {
    private static func oneGroup(_ resource: JSONValue, _ scope: JSONValue) -> JSONValue {
        var group = resource.object
        group["scopeSpans"] = .array([scope])
        return .object(["resourceSpans": .array([.object(group)])])
    }

    /// Omitted defaults and empty lists are the same; the layer never sets the status OK, as the specification asks
    /// instrumentation to.
    private static func normal(_ value: JSONValue, under key: String = "") -> JSONValue? {
        switch value {
        case .object(let members):
            var kept: [String: JSONValue] = [:]
            for (name, member) in members { kept[name] = normal(member, under: name) }
            if key == "status", kept["code"] == .number(1) { kept["code"] = nil }
            return kept.isEmpty && ["status", "resource", "scope"].contains(key) ? nil : .object(kept)
        case .array(let values):
            let kept = values.map { normal($0) ?? .object([:]) }
            return kept.isEmpty ? nil : .array(kept)
        case .string(""): return ["name", "version", "message", "schemaUrl"].contains(key) ? nil : value
        default: return value
        }
    }

    private static func without(_ names: Set<String>, _ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(members.filter { !names.contains($0.key) }.mapValues { without(names, $0) })
        case .array(let values): .array(values.map { without(names, $0) })
        default: value
        }
    }

    private static func record(_ span: JSONValue) throws -> Monitor.Record {
        let start = try number(span["startTimeUnixNano"])
        let record = Monitor.Record(
            kind: .custom,
            name: Monitor.OperationName(span["name"]?.string ?? ""),
            spanKind: try #require(Monitor.SpanKind(rawValue: UInt8(span["kind"]?.number ?? 0))),
            trace: try context(span),
            parentSpanID: try span["parentSpanId"].map { Monitor.SpanID(try hexadecimal($0)) },
            parentIsRemote: Int(span["flags"]?.number ?? 0) & 0x200 != 0,
            startUnixNanoseconds: start,
            attributes: attributes(span["attributes"])
        )
        let end = try number(span["endTimeUnixNano"])
        let links = try (span["links"]?.array ?? []).map { link in
            Monitor.Link(context: try context(link), attributes: attributes(link["attributes"]))
        }
        let events = try (span["events"]?.array ?? []).map { event in
            Monitor.Event(
                name: event["name"]?.string ?? "",
                unixNanoseconds: try number(event["timeUnixNano"]),
                attributes: attributes(event["attributes"])
            )
        }
        record.state.withLock { state in
            state.endMonotonic = end - start
            (state.links, state.events) = (links, events)
            guard span["status"]?["code"] == .number(2) else { return }
            state.outcome = .error
            let message = span["status"]?["message"]?.string ?? ""
            state.failure = Monitor.Failure(type: "type", message: message, error: nil, surfacedHere: true)
        }
        return record
    }

    private static func context(_ json: JSONValue) throws -> Monitor.TraceContext {
        let traceID = try #require(json["traceId"]?.string)
        let flags = Int(json["flags"]?.number ?? 0)
        var headers = ["traceparent": "00-\(traceID)-\(try #require(json["spanId"]?.string))-00"]
        headers["tracestate"] = json["traceState"]?.string
        var context = try #require(Monitor.RemoteContext.extract(from: headers)?.traceContext)
        context.flags = Monitor.TraceFlags(rawValue: UInt8(flags & 0xff))
        context.isRemote = flags & 0x200 != 0
        return context
    }

    private static func number(_ json: JSONValue?) throws -> UInt64 { try #require(UInt64(json?.string ?? "")) }

    private static func hexadecimal(_ json: JSONValue) throws -> UInt64 {
        try #require(UInt64(json.string ?? "", radix: 16))
    }

    private static func attributes(_ json: JSONValue?) -> [Monitor.Attribute] {
        keyValues(json).map { Monitor.Attribute(Monitor.AttributeKey($0.key, .open, isLabel: false), $0.value) }
    }

    private static func keyValues(_ json: JSONValue?) -> [Monitor.KeyValue] {
        (json?.array ?? []).map { Monitor.KeyValue($0["key"]?.string ?? "", value($0["value"])) }
    }

    private static func value(_ json: JSONValue?) -> Monitor.Value {
        guard let member = json?.object.first else { return .null }
        return switch member.key {
        case "stringValue": .string(member.value.string ?? "")
        case "boolValue": .bool(member.value == .bool(true))
        case "intValue": .int(Int64(member.value.string ?? "") ?? 0)
        case "doubleValue": .double(member.value.number ?? Double(member.value.string?.lowercased() ?? "") ?? 0)
        case "bytesValue": .bytes(bytes(member.value.string ?? ""))
        case "arrayValue": .array((member.value["values"]?.array ?? []).map { value($0) })
        default: .map(keyValues(member.value["values"]))
        }
    }

    private static func bytes(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64) ?? Data())
    }
}
