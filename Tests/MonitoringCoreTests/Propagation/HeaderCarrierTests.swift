import MonitoringCore
import Testing

@Suite struct HeaderCarrierTests {
    /// The laws of the protocol, for a carrier that is empty.
    private func checkLaws(_ empty: some Monitor.HeaderCarrier) {
        var carrier = empty
        #expect(carrier.values("traceparent") == [])
        carrier.set("traceparent", "a")
        #expect(carrier.values("TraceParent") == ["a"])
        carrier.set("TRACEPARENT", "b")
        #expect(carrier.values("traceparent") == ["b"])
        carrier.set("tracestate", "c")
        #expect(carrier.values("traceparent") == ["b"])
        #expect(carrier.values("tracestate") == ["c"])
        #expect(carrier.values("trace-state") == [])
    }

    @Test func `every carrier keeps the laws`() {
        checkLaws([String: String]())
        checkLaws([String: [String]]())
        checkLaws([String: Monitor.Value]())
        checkLaws(Monitor.Headers())
        checkLaws(Monitor.Headers { _ in [] })
        checkLaws(Monitor.EnvironmentCarrier())
    }

    @Test func `a dictionary keeps one spelling of a name`() {
        var headers = ["TraceParent": "a", "Accept": "x", "TRACEPARENT": "b"]
        #expect(headers.values("traceparent") == ["b", "a"])
        headers.set("traceparent", "c")
        #expect(headers == ["traceparent": "c", "Accept": "x"])
    }

    @Test func `a dictionary of arrays keeps repeated headers in order`() {
        var headers = ["Baggage": ["b=2", "a=1"]]
        #expect(headers.values("baggage") == ["b=2", "a=1"])
        headers.set("baggage", "c=3")
        #expect(headers == ["baggage": ["c=3"]])
    }

    @Test func `metadata that is not text carries nothing`() {
        let metadata: [String: Monitor.Value] = ["traceparent": .int(1), "baggage": .array([.string("a=1")])]
        #expect(metadata.values("traceparent") == [])
        #expect(metadata.values("baggage") == [])
    }

    @Test func `pairs keep their order and repeated headers`() {
        var headers = Monitor.Headers([("A", "1"), ("tracestate", "x=1"), ("b", "2"), ("TraceState", "y=2")])
        #expect(headers.values("TRACESTATE") == ["x=1", "y=2"])
        headers.set("tracestate", "z=3")
        #expect(headers.pairs.map(\.0) == ["A", "tracestate", "b"])
        #expect(headers.values("tracestate") == ["z=3"])
    }

    @Test func `pairs with labels are headers too`() {
        let pairs = [(name: "traceparent", value: "a"), (name: "b", value: "c")]
        #expect(Monitor.Headers(pairs).values("traceparent") == ["a"])
        #expect(Monitor.Headers(["traceparent": "x"].map { ($0.key, $0.value) }).values("traceparent") == ["x"])
    }

    @Test func `a closure is asked for what was not set`() {
        var headers = Monitor.Headers { $0 == "baggage" ? ["a=1", "b=2"] : [] }
        #expect(headers.values("baggage") == ["a=1", "b=2"])
        #expect(headers.pairs.isEmpty)
        headers.set("Baggage", "c=3")
        #expect(headers.values("baggage") == ["c=3"])
        #expect(headers.values("traceparent") == [])
    }

    @Test(arguments: [("trace\u{212a}ey", "tracekey"), ("@", "`"), ("[", "{"), ("é", "É"), ("a", "ab"), ("", "a")])
    func `names match in ASCII only`(_ left: String, _ right: String) {
        #expect(["\(left)": "x"].values(right) == [])
    }

    @Test(arguments: [
        ("traceparent", "TRACEPARENT"), ("tracestate", "TRACESTATE"), ("baggage", "BAGGAGE"),
        ("x-b3-traceid", "X_B3_TRACEID"), ("", "_"), ("1st", "_1ST"), ("a1.b c", "A1_B_C"), ("é", "_"), ("_x", "_X"),
    ])
    func `names become variables as OpenTelemetry says`(_ name: String, _ variable: String) {
        #expect(Monitor.EnvironmentCarrier.variable(for: name) == variable)
    }

    @Test func `a child gets the variables of its parent and the context`() {
        var carrier = Monitor.EnvironmentCarrier(["PATH": "/bin", "traceparent": "ignored"])
        #expect(carrier.values("traceparent") == [])
        carrier.set("traceparent", "a")
        #expect(carrier.variables == ["PATH": "/bin", "traceparent": "ignored", "TRACEPARENT": "a"])
    }

    @Test func `importing the carriers leaves the dictionary's own members usable`() {
        let headers = ["a": "b"]
        let values = headers.values
        #expect(values.count == 1)
        #expect(headers.values.first == "b")
        #expect(headers.values.map(\.count) == [1])
        #expect([headers].map(\.values).count == 1)
    }
}
