import MonitoringCore
import MonitoringTracing
import Testing

@Suite struct TraceSamplerTests {
    private func traceID(_ hex: String) throws -> Monitor.TraceID {
        let high = try #require(UInt64(hex.prefix(16), radix: 16))
        let low = try #require(UInt64(hex.suffix(16), radix: 16))
        return Monitor.TraceID(high: high, low: low)
    }

    @Test func `a ratio takes the traces that the official Python SDK takes`() throws {
        let fixture = try Fixture.json("sampler")
        let ids = try fixture["traceIds"]?.array.map { try traceID(#require($0.string)) } ?? []
        let cases = fixture["traceIdRatioBased"]?.array ?? []
        #expect(ids.count == 59 && cases.count == 13)
        for entry in cases {
            let ratio = try #require(entry["ratio"]?.number)
            let sampler = TraceSampler.ratio(ratio)
            #expect(sampler.description == entry["description"]?.string)
            let sampled = ids.map { sampler.decide(Monitor.SamplingRequest(traceID: $0)).isSampled ? "1" : "0" }
            #expect(sampled.joined() == entry["sampled"]?.string, "ratio \(ratio)")
        }
    }

    @Test func `a larger ratio takes the same traces and more`() {
        let ids = (0..<500).map { Monitor.TraceID(high: 1, low: UInt64($0) &* 0x9e37_79b9_7f4a_7c15) }
        var before: Set<Monitor.TraceID> = []
        for ratio in stride(from: 0.0, through: 1.0, by: 0.05) {
            let now = Set(ids.filter { TraceSampler.ratio(ratio).decide(.init(traceID: $0)).isSampled })
            #expect(before.isSubset(of: now))
            before = now
        }
        #expect(before.count == 500)
    }

    @Test(arguments: [(-1, "0.0"), (2, "1.0"), (Double.nan, "1.0"), (.infinity, "1.0")])
    func `a ratio that is none is moved to the nearest`(ratio: Double, shown: String) {
        #expect(TraceSampler.ratio(ratio).description == "TraceIdRatioBased{\(shown)}")
    }

    @Test func `a parent decides as OpenTelemetry's matrix says`() throws {
        let cases = try Fixture.json("sampler")["parentBased"]?.array ?? []
        #expect(cases.count == 6)
        for entry in cases {
            let isOn = entry["rootSampler"]?.string == "AlwaysOnSampler"
            let sampler = TraceSampler.parentBased(root: isOn ? .alwaysOn : .ratio(0))
            var parent: Monitor.TraceContext?
            if let isRemote = entry["parentRemote"]?.bool, let isSampled = entry["parentSampled"]?.bool {
                parent = Monitor.TraceContext(
                    traceID: Monitor.TraceID(high: 1, low: 2),
                    spanID: Monitor.SpanID(3),
                    flags: isSampled ? .sampled : [],
                    isRemote: isRemote
                )
            }
            let decision = sampler.decide(
                Monitor.SamplingRequest(traceID: Monitor.TraceID(high: 1, low: 2), parent: parent))
            #expect(decision.isSampled == (entry["decision"]?.string == "RECORD_AND_SAMPLE"))
            #expect(decision.traceState == nil)
        }
    }

    @Test func `each of the four delegates is asked for its own parent`() {
        struct Never: Monitor.HeadSampler {
            func decide(_ request: Monitor.SamplingRequest) -> Monitor.SamplingDecision { .init(isSampled: false) }
        }
        let on = TraceSampler.alwaysOn
        let never = TraceSampler.custom(Never())
        let variants: [(TraceSampler, Bool, Bool)] = [
            (
                .parentBased(
                    root: on, remoteParentSampled: never, remoteParentNotSampled: on, localParentNotSampled: on), true,
                true
            ),
            (.parentBased(root: on, remoteParentNotSampled: never, localParentNotSampled: on), true, false),
            (
                .parentBased(
                    root: on, remoteParentNotSampled: on, localParentSampled: never, localParentNotSampled: on), false,
                true
            ),
            (.parentBased(root: on, remoteParentNotSampled: on, localParentNotSampled: never), false, false),
        ]
        for (sampler, isRemote, isSampled) in variants {
            for (remote, sampled) in [(true, true), (true, false), (false, true), (false, false)] {
                let parent = Monitor.TraceContext(
                    traceID: .init(high: 1, low: 1), spanID: .init(1), flags: sampled ? .sampled : [], isRemote: remote)
                let decision = sampler.decide(.init(traceID: parent.traceID, parent: parent))
                #expect(decision.isSampled == !(remote == isRemote && sampled == isSampled))
            }
        }
    }

    @Test func `a parent that is not valid counts as none`() {
        let parent = Monitor.TraceContext(
            traceID: .init(high: 0, low: 0), spanID: .init(1), flags: .sampled, isRemote: true)
        let sampler = TraceSampler.parentBased(root: .alwaysOff)
        #expect(!sampler.decide(.init(traceID: .init(high: 0, low: 1), parent: parent)).isSampled)
    }

    @Test func `the environment chooses as the official Python SDK does`() throws {
        let cases = try Fixture.json("sampler")["env"]?.array ?? []
        #expect(cases.count == 15)
        for entry in cases {
            var variables: [String: String] = [:]
            for name in ["OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"] { variables[name] = entry[name]?.string }
            var configuration = TracingConfiguration()
            configuration.apply(Monitor.Environment(variables)) { _ in }
            #expect(configuration.sampler.description == entry["pythonDescription"]?.string, "\(variables)")
        }
    }
}
