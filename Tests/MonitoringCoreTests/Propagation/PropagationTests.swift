import Foundation
import MonitoringCore
import Testing

@Suite struct PropagationTests {
    private static func context() throws -> Monitor.TraceContext {
        try #require(
            Monitor.TraceContext(
                traceparent: ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"],
                tracestate: ["rojo=00f067aa0ba902b7"]
            ))
    }

    private func inject(_ context: Monitor.TraceContext, _ baggage: Monitor.Baggage?) -> [String] {
        var headers: [String] = []
        Monitor.Propagation.inject(context, baggage: baggage) { headers.append("\($0): \($1)") }
        return headers
    }

    @Test func `a context is written whether it is sampled or not`() throws {
        let baggage = try Monitor.Baggage().setting("a b", for: "k")
        #expect(
            inject(try Self.context(), baggage) == [
                "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                "tracestate: rojo=00f067aa0ba902b7",
                "baggage: k=a%20b",
            ])
    }

    @Test func `what is empty or withheld is not written`() throws {
        var context = try Self.context()
        context.traceState = Monitor.TraceState()
        #expect(inject(context, nil).count == 1)
        #expect(inject(context, Monitor.Baggage()).count == 1)
    }

    @Test func `a context that is not valid is not written and baggage is`() throws {
        var context = try Self.context()
        context.spanID = Monitor.SpanID(0)
        #expect(inject(context, try Monitor.Baggage().setting("1", for: "k")) == ["baggage: k=1"])
    }

    @Test func `what is written into a carrier is read from it`() throws {
        let context = try Self.context()
        let baggage = try Monitor.Baggage().setting("Amélie", for: "user").setting("2", for: "b")
        let carriers: [any Monitor.HeaderCarrier] = [
            [String: String](), [String: [String]](), [String: Monitor.Value](), Monitor.Headers(),
            Monitor.EnvironmentCarrier(),
        ]
        for var carrier in carriers {
            Monitor.Propagation.inject(context, baggage: baggage) { carrier.set($0, $1) }
            let read = try #require(Monitor.RemoteContext.extract(from: carrier))
            #expect(read == Monitor.RemoteContext(traceContext: context, baggage: baggage))
        }
    }

    @Test func `an MCP message carries a trace in its metadata and keeps the rest of it`() throws {
        let context = try Self.context()
        let baggage = try Monitor.Baggage().setting("agent-7", for: "tenant")
        var metadata: [String: Monitor.Value] = [
            "progressToken": .int(7), "example.com/nested": .map([.init("a", .array([.string("x"), .int(1), .null]))]),
        ]
        let others = metadata
        Monitor.Propagation.inject(context, baggage: baggage) { metadata.set($0, $1) }

        let line = try MCPMessage.line(method: "tools/call", metadata: metadata)
        let received = try MCPMessage.metadata(of: line)
        #expect(received["traceparent"] == .string(context.traceparent))
        #expect(received.filter { others.keys.contains($0.key) } == others)
        #expect(Set(received.keys) == Set(others.keys).union(["traceparent", "tracestate", "baggage"]))
        let read = try #require(Monitor.RemoteContext.extract(from: received))
        #expect(read == Monitor.RemoteContext(traceContext: context, baggage: baggage))
    }
}

/// A JSON-RPC message as it crosses a pipe.
private enum MCPMessage {
    static func line(method: String, metadata: [String: Monitor.Value]) throws -> Data {
        let message: [String: Any] = [
            "jsonrpc": "2.0", "id": 1, "method": method,
            "params": ["name": "search", "_meta": metadata.mapValues(json)] as [String: Any],
        ]
        return try JSONSerialization.data(withJSONObject: message)
    }

    static func metadata(of line: Data) throws -> [String: Monitor.Value] {
        let message = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
        let parameters = try #require(message["params"] as? [String: Any])
        #expect(parameters["name"] as? String == "search")
        return try #require(parameters["_meta"] as? [String: Any]).mapValues(value)
    }

    private static func json(_ value: Monitor.Value) -> Any {
        switch value {
        case .null: NSNull()
        case .bool(let value): value
        case .int(let value): value
        case .double(let value): value
        case .string(let value): value
        case .bytes(let value): value
        case .array(let values): values.map(json)
        case .map(let entries): Dictionary(uniqueKeysWithValues: entries.map { ($0.key, json($0.value)) })
        }
    }

    private static func value(_ json: Any) -> Monitor.Value {
        switch json {
        case let text as String: .string(text)
        case let values as [Any]: .array(values.map(value))
        case let entries as [String: Any]: .map(entries.map { Monitor.KeyValue($0.key, value($0.value)) })
        case is NSNull: .null
        case let number as Int64: .int(number)
        default: .null
        }
    }
}
