/// Spans of about 800 bytes that differ as those of a host do: in ids, times, names, counts and texts.
///
/// Spans that are all the same compress several times faster than any that are sent.
enum BenchSpans {
    private static let models = ["claude-sonnet-4", "gpt-4o-mini", "scripted-1", "text-embedding-3-small"]
    private static let words = [
        "library", "opening", "reader", "shelf", "archive", "renewal", "manual", "answer", "question", "catalogue",
        "printing", "loan", "reserve", "study", "evening", "harbour",
    ]

    /// The spans, always the same ones.
    static let all: [[UInt8]] = {
        var state: UInt64 = 7
        return (0..<4096).map { number in span(number, &state) }
    }()

    private static func span(_ number: Int, _ state: inout UInt64) -> [UInt8] {
        let trace =
            hexadecimal(UInt64(number / 9) &* 0x9e37_79b9_7f4a_7c15) + hexadecimal(UInt64(number / 9) &* 0xbf58_476d)
        let start = 1_700_000_000_000_000_000 + UInt64(number) * 1_234_567 + random(&state) % 1_000_000
        let model = models[Int(random(&state) % UInt64(models.count))]
        let text = (0..<24).map { _ in words[Int(random(&state) % UInt64(words.count))] }.joined(separator: " ")
        let attributes = [
            string("gen_ai.operation.name", "chat"), string("gen_ai.provider.name", "anthropic"),
            string("gen_ai.request.model", model), string("gen_ai.response.id", "resp_" + hexadecimal(random(&state))),
            string("gen_ai.conversation.id", "c-\(random(&state) % 5000)"),
            count("gen_ai.usage.input_tokens", random(&state) % 4000),
            count("gen_ai.usage.output_tokens", random(&state) % 900), string("app.note", text),
        ]
        let json =
            #"{"traceId":"\#(trace)","spanId":"\#(hexadecimal(random(&state)))","parentSpanId":"\#(hexadecimal(random(&state)))","#
            + #""flags":257,"name":"chat \#(model)","kind":3,"startTimeUnixNano":"\#(start)","#
            + #""endTimeUnixNano":"\#(start + random(&state) % 2_000_000_000)","attributes":[\#(attributes.joined(separator: ","))]}"#
        return Array(json.utf8)
    }

    private static func string(_ key: String, _ value: String) -> String {
        #"{"key":"\#(key)","value":{"stringValue":"\#(value)"}}"#
    }

    private static func count(_ key: String, _ value: UInt64) -> String {
        #"{"key":"\#(key)","value":{"intValue":"\#(value)"}}"#
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The next number of a SplitMix64.
    private static func random(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
