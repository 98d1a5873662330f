import MonitoringCore
import MonitoringExport
import Testing

@Suite struct ExporterTests {
    @Test func `records wait for the delay and leave as one request`() async throws {
        let bench = try DeliveryBench([.answer(200)])
        try await bench.running {
            bench.append(3)
            await bench.clock.sleeper(for: .seconds(5))
            #expect(bench.transport.requests.isEmpty)
            bench.clock.advance(by: .seconds(5))
            await bench.transport.requestCount(1)
        }
        #expect(bench.transport.bodies == ["[R:r,r,r]"])
        #expect((1...3).allSatisfy { bench.queue.outcomes(of: $0) == [.accepted(rejected: 0)] })
        #expect(bench.problems.acceptances == 1)
    }

    @Test func `a request says what it is`() async throws {
        let key = try #require(HeaderField(name: "api-key", value: "s3cret-value"))
        let bench = try DeliveryBench([.answer(200)]) { $0.headers = [key] }
        bench.append()
        #expect(await bench.exporter.flush(within: .seconds(1)))
        let request = try #require(bench.transport.requests.first)
        #expect(request.method == "POST")
        #expect(request.endpoint.path == "/v1/traces")
        #expect(request.headers.firstValue(of: "content-type") == "application/json")
        #expect(
            request.headers.firstValue(of: "user-agent")
                == "swift-agent-monitoring/1.2.3 OTel-OTLP-Exporter-Swift/1.2.3")
        #expect(request.headers.firstValue(of: "API-Key") == "s3cret-value")
        #expect(request.headers.firstValue(of: "content-encoding") == nil)
    }

    @Test func `the host's fields win over ours`() async throws {
        let own = try #require(HeaderField(name: "user-agent", value: "mine"))
        let bench = try DeliveryBench([.answer(200)]) { $0.headers = [own] }
        bench.append()
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.transport.requests.first?.headers.filter { $0.hasName("User-Agent") } == [own])
    }

    @Test func `a full batch leaves at once and the rest waits`() async throws {
        let bench = try DeliveryBench([.answer(200)]) { $0.batchCount = 4 }
        try await bench.running {
            bench.append(10)
            await bench.transport.requestCount(2)
            await bench.clock.sleeper(for: .seconds(5))
            #expect(bench.transport.requests.count == 2)
            bench.clock.advance(by: .seconds(5))
            await bench.transport.requestCount(3)
        }
        #expect(bench.queue.batches == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]])
    }

    @Test func `a batch is full by its bytes too`() async throws {
        let bench = try DeliveryBench([.answer(200)]) { $0.batchBytes = 100 }
        try await bench.running {
            bench.append(5, bytes: 40)
            await bench.transport.requestCount(2)
            await bench.clock.sleeper(for: .seconds(5))
        }
        #expect(bench.queue.batches == [[1, 2], [3, 4]])
    }

    @Test func `an idle exporter sets no timer and sends nothing`() async throws {
        let bench = try DeliveryBench([.answer(200)])
        try await bench.running {
            bench.append()
            await bench.clock.sleeper(for: .seconds(5))
            bench.clock.advance(by: .seconds(5))
            await bench.transport.requestCount(1)
            #expect(await bench.exporter.flush(within: .seconds(1)))
            while bench.queue.armed.last != 1 { await Task.yield() }
            bench.clock.advance(by: .seconds(100_000))
            #expect(bench.clock.sleeperCount == 0)
        }
        #expect(bench.transport.requests.count == 1)
        #expect(bench.clock.sleeperCount == 0)
    }

    @Test func `requests are sent one at a time`() async throws {
        let bench = try DeliveryBench([.gate]) { $0.batchCount = 1 }
        let exporter = bench.exporter
        try await bench.running {
            bench.append(4)
            await bench.transport.requestCount(1)
            async let first = exporter.flush(within: .seconds(60))
            async let second = exporter.flush(within: .seconds(60))
            for _ in 0..<4 { bench.transport.openGate() }
            #expect(await [first, second] == [true, true])
        }
        #expect(bench.transport.mostInFlight == 1)
        #expect(bench.adds(upTo: 4))
    }

    @Test func `a record that needs a request of its own gets its header when it is sent`() async throws {
        let bench = try DeliveryBench([.answer(200)]) { policy in
            policy.framing = .individual { record in
                Array(
                    "\(String(decoding: record.identity, as: UTF8.self))\(record.kind)@\(record.sentUnixNanoseconds)\n"
                        .utf8)
            }
        }
        bench.append(2)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        let time = bench.clock.unixNanoseconds
        #expect(bench.transport.bodies == ["R1@\(time)\nr", "R1@\(time)\nr"])
    }

    @Test func `bodies are compressed when the policy says so`() async throws {
        let bench = try DeliveryBench([.answer(200)]) { $0.compression = .gzip(level: 1) }
        bench.append(50)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        let request = try #require(bench.transport.requests.first)
        #expect(request.headers.firstValue(of: "content-encoding") == "gzip")
        #expect(request.body.starts(with: [0x1f, 0x8b]))
    }

    @Test func `cancelling the loop puts the batch in flight back`() async throws {
        let bench = try DeliveryBench([.silence]) { $0.batchCount = 2 }
        try await bench.running {
            bench.append(2)
            await bench.transport.requestCount(1)
        }
        #expect(bench.queue.queued.count == 2)
        #expect(bench.problems.all.isEmpty)
        bench.transport.script([.answer(200)])
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.queue.batches == [[1, 2], [1, 2]])
    }

    @Test func `a queue that says it has records but gives none does not make the loop spin`() async throws {
        struct Stuck: RecordQueue {
            func nextBatch(maximumCount: Int, maximumBytes: Int) -> (any SpooledBatch)? { nil }
            var queued: (count: Int, bytes: Int) { (1_000, 1_000) }
            func wake(afterCount count: Int, bytes: Int, _ handler: (@Sendable () -> Void)?) {}
        }
        let clock = DeliveryClock()
        let transport = ScriptedTransport([.answer(200)], clock: clock)
        let exporter = Exporter(queue: Stuck(), policy: try .example(), transport: transport, clock: clock)
        let loop = Task { await exporter.run() }
        await clock.sleeper(for: .seconds(5))
        loop.cancel()
        await loop.value
    }
}
