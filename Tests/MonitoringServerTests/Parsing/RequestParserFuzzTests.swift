import MonitoringServer
import MonitoringTesting
import Testing

/// Seeded properties of the parser; see `FuzzRounds`.
@Suite struct RequestParserFuzzTests {
    static let limits: EndpointServer.Limits = {
        var limits = EndpointServer.Limits()
        limits.requestLineBytes = 200
        limits.headerBytes = 400
        limits.headerCount = 8
        limits.bodyBytes = 64
        return limits
    }()

    /// What a stream of bytes comes to.
    struct Transcript: Hashable {
        struct Request: Hashable {
            let method: String
            let path: String
            let fields: [String]
            let body: [UInt8]
        }

        var requests: [Request] = []
        var failure: RequestFailure?
        var isWithin = true
    }

    /// Parses a stream that comes in pieces.
    static func transcript(_ pieces: [ArraySlice<UInt8>]) -> Transcript {
        var transcript = Transcript()
        var parser = RequestParser(limits: limits)
        for piece in pieces {
            var rest = piece
            while !rest.isEmpty || parser.isComplete {
                let before = rest.count
                do throws(RequestFailure) {
                    let progress = try parser.consume(&rest)
                    if parser.body.count > limits.bodyBytes || parser.head.fields.count > limits.headerCount {
                        transcript.isWithin = false
                    }
                    guard progress == .complete else {
                        if progress == .needsMore, !rest.isEmpty { transcript.isWithin = false }
                        continue
                    }
                    transcript.requests.append(request(parser))
                    parser = RequestParser(limits: limits)
                } catch {
                    transcript.failure = error
                    return transcript
                }
                if rest.count > before { transcript.isWithin = false }
            }
        }
        return transcript
    }

    private static func request(_ parser: RequestParser) -> Transcript.Request {
        Transcript.Request(
            method: parser.head.method, path: parser.head.target.path,
            fields: parser.head.fields.map { "\($0.name):\($0.value)" }, body: parser.body)
    }

    @Test func `however a stream of requests is split, the same comes out`() async {
        for seed in 0..<FuzzRounds.count(300) {
            await Task.yield()
            var maker = RequestMaker(seed: seed)
            var stream: [UInt8] = []
            for _ in 0..<3 { stream += maker.sample().bytes }
            if seed.isMultiple(of: 2) { stream = maker.broken(stream) }
            let whole = Self.transcript([stream[...]])
            let split = Self.transcript(maker.split(stream))
            #expect(whole == split && whole.isWithin, "seed \(seed)")
        }
    }

    @Test func `what follows a request is the next one and never part of it`() async {
        for seed in 0..<FuzzRounds.count(300) {
            await Task.yield()
            var maker = RequestMaker(seed: seed)
            let samples = [maker.sample(), maker.sample()]
            let result = Self.transcript(maker.split(samples.flatMap(\.bytes)))
            #expect(result.failure == nil && result.requests.count == 2, "seed \(seed)")
            for (request, sample) in zip(result.requests, samples) {
                #expect(request.method == sample.method && request.path == sample.path, "seed \(seed)")
                #expect(request.body == sample.body, "seed \(seed)")
            }
        }
    }

    @Test func `broken and random bytes are refused or read within the limits`() async {
        for seed in 0..<FuzzRounds.count(500) {
            await Task.yield()
            var maker = RequestMaker(seed: seed)
            let bytes = seed.isMultiple(of: 3) ? maker.bytes(upTo: 600) : maker.broken(maker.sample().bytes)
            let result = Self.transcript(maker.split(bytes))
            #expect(result.isWithin, "seed \(seed)")
            if let failure = result.failure { #expect((400...505).contains(failure.status), "seed \(seed)") }
        }
    }

    @Test func `hosts of any bytes are read or refused`() async {
        for seed in 0..<FuzzRounds.count(500) {
            await Task.yield()
            var maker = RequestMaker(seed: seed)
            let text = String(decoding: maker.bytes(upTo: 20), as: UTF8.self)
            guard let field = HostField(text) else { continue }
            #expect(!field.host.isEmpty && (field.port ?? 0) <= 65_535, "seed \(seed)")
        }
    }
}
