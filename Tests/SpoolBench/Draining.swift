import MonitoringExport

/// The processor time of sending a backlog of 64 MiB, and of what compressing the same requests takes alone.
enum Draining {
    static func run() async throws {
        var sending: [Double] = []
        var compressing: [Double] = []
        for _ in 0..<5 {
            let folder = try Bench.Folder()
            var bytes = 0
            do {
                let dead = try folder.spool(bytes: 128 << 20)
                var number = 0
                while bytes < 64 << 20 {
                    let span = BenchSpans.all[number % BenchSpans.all.count]
                    _ = unsafe span.withUnsafeBytes { unsafe dead.append(kind: 0, $0) }
                    bytes += span.count
                    number += 1
                }
            }
            let heir = try folder.spool(bytes: 128 << 20)
            let begin = Bench.cpu
            heir.adopt()
            var policy = DeliveryPolicy(
                endpoint: try Endpoint("http://collector.example:4318/v1/traces"), framing: OTLPTraceRequest.framing,
                userAgent: "bench",
                words: DeliveryPolicy.Words(
                    source: "bench", records: "spans", receiver: "collector", endpointVariable: "",
                    credentialVariable: "",
                    offSwitch: ""))
            policy.compression = .gzip(level: 1)
            let exporter = Exporter(queue: heir, policy: policy, transport: AnsweringTransport())
            guard await exporter.flush(within: .seconds(60)) else { return print("drain: not everything was sent") }
            sending.append(Bench.cpu - begin)
            compressing.append(try compress(bytes))
        }
        Bench.show("drain of 64 MiB, processor time", sending.map { $0 * 1e3 }, "ms")
        Bench.show("its compression alone", compressing.map { $0 * 1e3 }, "ms")
        Bench.show("drain to compression", ratioOf: sending, to: compressing)
    }

    private static func compress(_ bytes: Int) throws -> Double {
        let spans = BenchSpans.all
        let bodies = stride(from: 0, to: spans.count, by: 512).map { first in
            Array(spans[first..<first + 512].joined(separator: [UInt8(ascii: ",")]))
        }
        var compressor = try GzipCompressor(level: 1)
        var left = bytes
        let begin = Bench.cpu
        while left > 0 {
            for body in bodies where left > 0 {
                _ = try compressor.compress(body)
                left -= body.count
            }
        }
        return Bench.cpu - begin
    }
}
