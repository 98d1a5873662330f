import MonitoringCore
import MonitoringExport
import Testing

@Suite struct ExporterRetryTests {
    @Test(arguments: [429, 502, 503, 504])
    func `a status that may pass is tried again after a growing pause`(status: Int) async throws {
        let bench = try DeliveryBench([.answer(status), .answer(status), .answer(200)]) { $0.batchCount = 2 }
        try await bench.running {
            bench.append(2)
            await bench.transport.requestCount(1)
            await bench.clock.sleeper(for: .seconds(1))
            #expect(bench.queue.queued.count == 2)
            bench.clock.advance(by: .seconds(1))
            await bench.transport.requestCount(2)
            await bench.clock.sleeper(for: .seconds(2))
            bench.clock.advance(by: .seconds(2))
            await bench.transport.requestCount(3)
        }
        #expect(bench.queue.outcomes(of: 1) == [.accepted(rejected: 0)])
        #expect(bench.transport.bodies == ["[R:r,r]", "[R:r,r]", "[R:r,r]"])
        #expect(bench.problems.codes == ["delivery-busy", "delivery-recovered"])
    }

    @Test(arguments: [400, 401, 403, 404, 405, 408, 415, 500, 501, 301, 302, 307])
    func `any other status is final`(status: Int) async throws {
        let bench = try DeliveryBench([.answer(status, body: #"{"message":"no"}"#)])
        bench.append(2)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.transport.requests.count == 1)
        #expect(bench.queue.outcomes(of: 1) == [.rejected])
        #expect(bench.queue.outcomes(of: 2) == [.rejected])
        #expect(bench.problems.codes == ["delivery-rejected"])
        #expect(bench.problems.acceptances == 0)
    }

    @Test(arguments: [
        TransportError.Kind.refused, .unreachable, .unresolved, .timeout, .tls, .closed, .notHTTP, .http2,
    ])
    func `without an answer the records stay`(kind: TransportError.Kind) async throws {
        let bench = try DeliveryBench([.fail(kind), .answer(200)]) { $0.batchCount = 1 }
        try await bench.running {
            bench.append()
            await bench.clock.sleeper(for: .seconds(1))
            #expect(bench.queue.outcomes(of: 1).isEmpty)
            bench.clock.advance(by: .seconds(1))
            await bench.transport.requestCount(2)
        }
        #expect(bench.queue.outcomes(of: 1) == [.accepted(rejected: 0)])
        #expect(bench.problems.codes.count == 2)
        #expect(bench.problems.codes.last == "delivery-recovered")
    }

    @Test func `an answer that is too long is not asked for again`() async throws {
        let bench = try DeliveryBench([.fail(.responseTooLarge)])
        bench.append()
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.queue.outcomes(of: 1) == [.rejected])
        #expect(bench.problems.codes == ["delivery-rejected"])
    }

    @Test(arguments: ["7", " 7 ", "Fri, 15 Jan 2027 08:00:07 GMT"])
    func `Retry-After is kept to the second`(value: String) async throws {
        // The clock stands at 2027-01-15T08:00:00Z.
        let bench = try DeliveryBench([.answer(503, headers: ["retry-after": value]), .answer(200)]) {
            $0.batchCount = 1
        }
        try await bench.running {
            bench.append()
            await bench.clock.sleeper(for: .seconds(7))
            bench.clock.advance(by: .seconds(6))
            #expect(bench.transport.requests.count == 1)
            bench.clock.advance(by: .seconds(1))
            await bench.transport.requestCount(2)
        }
    }

    @Test func `an hour of Retry-After is an hour, and a flush does not break it`() async throws {
        let bench = try DeliveryBench([.answer(429, headers: ["Retry-After": "3600"])]) { $0.batchCount = 1 }
        try await bench.running {
            bench.append()
            await bench.clock.sleeper(for: .seconds(3_600))
            #expect(await bench.exporter.flush(within: .seconds(30)) == false)
            #expect(await bench.exporter.shutdown(within: .seconds(30)) == false)
        }
        #expect(bench.transport.requests.count == 1)
        #expect(bench.queue.queued.count == 1)
        #expect(
            bench.problems.all.map(\.message) == [
                "the collector at http://127.0.0.1:4318 answers 429 and asks for a pause of 3600 s; spans wait (1 queued)"
            ])
    }

    @Test(arguments: ["", "0", "-1", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "1e3", "7 s"])
    func `a Retry-After that asks for nothing leaves the own pause`(value: String) async throws {
        let bench = try DeliveryBench([.answer(503, headers: ["Retry-After": value]), .answer(200)]) {
            $0.batchCount = 1
        }
        try await bench.running {
            bench.append()
            await bench.clock.sleeper(for: .seconds(1))
        }
    }

    @Test func `pauses double up to the limit and jitter halves them at most`() {
        let backoff = Backoff(base: .seconds(1), multiplier: 2, maximum: .seconds(30))
        #expect(
            (1...8).map { backoff.wait(afterFailures: $0, random: 1) }
                == [1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
        #expect(backoff.wait(afterFailures: 3, random: 0) == .seconds(2))
        #expect(backoff.wait(afterFailures: .max, random: 1) == .seconds(30))
    }

    @Test func `records that are too old are dropped and younger ones are sent`() async throws {
        let bench = try DeliveryBench([.answer(200)])
        bench.append(3)
        bench.clock.advance(by: .seconds(24 * 3_600))
        bench.append(2)
        bench.clock.advance(by: .seconds(1))
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect((1...3).allSatisfy { bench.queue.outcomes(of: $0) == [.dropped(reason: "too-old")] })
        #expect((4...5).allSatisfy { bench.queue.outcomes(of: $0) == [.accepted(rejected: 0)] })
        #expect(bench.transport.bodies == ["[R:r,r]"])
        #expect(bench.problems.codes == ["delivery-too-old"])
        #expect(bench.adds(upTo: 5))
    }

    @Test func `a request that is too large is sent in halves, in order`() async throws {
        let bench = try DeliveryBench([.answer(413), .answer(413), .answer(200)])
        bench.append(8, bytes: 10)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.queue.batches == [Array(1...8), Array(1...4), [1, 2], [3, 4], [5, 6], [7, 8]])
        #expect((1...8).allSatisfy { bench.queue.outcomes(of: $0) == [.accepted(rejected: 0)] })
        #expect(bench.problems.codes == ["delivery-halved"])
    }

    @Test func `the size of requests grows again after a while`() async throws {
        let bench = try DeliveryBench([.answer(413), .answer(200)])
        bench.append(64, bytes: 10)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.queue.batches.map(\.count) == [64, 32, 32])
        for _ in 0..<30 {
            bench.append(64, bytes: 10)
            #expect(await bench.exporter.flush(within: .seconds(1)))
        }
        #expect(bench.queue.batches.last?.count == 64)
    }

    @Test func `a single record that is too large for the receiver is refused`() async throws {
        let bench = try DeliveryBench([.answer(413)])
        bench.append(3, bytes: 10)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect((1...3).allSatisfy { bench.queue.outcomes(of: $0) == [.rejected] })
        #expect(bench.problems.codes == ["delivery-halved", "delivery-too-large"])
    }

    @Test func `a record that fits no request is dropped and the others are sent`() async throws {
        let bench = try DeliveryBench([.answer(200)]) { $0.requestLimit = 100 }
        bench.append(1, bytes: 10)
        bench.append(1, bytes: 98)
        bench.append(1, bytes: 10)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.queue.outcomes(of: 1) == [.accepted(rejected: 0)])
        #expect(bench.queue.outcomes(of: 2) == [.dropped(reason: "too-large")])
        #expect(bench.queue.outcomes(of: 3) == [.accepted(rejected: 0)])
        #expect(bench.transport.bodies.allSatisfy { $0.utf8.count <= 100 })
        #expect(bench.problems.codes == ["delivery-too-large"])
    }

    @Test func `a partial success is counted and not tried again`() async throws {
        let body = #"{"partialSuccess":{"rejectedSpans":"2","errorMessage":"too\nbig"}}"#
        let bench = try DeliveryBench([.answer(200, body: body)])
        bench.append(5)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.queue.outcomes(of: 1) == [.accepted(rejected: 2)])
        #expect(bench.transport.requests.count == 1)
        #expect(
            bench.problems.all.map(\.message) == [
                #"the collector at http://127.0.0.1:4318 refused 2 of the spans it was sent ("too big")"#
            ])
    }

    @Test func `a receiver that takes nothing costs one request a pause and one problem`() async throws {
        let bench = try DeliveryBench([.fail(.refused)]) { $0.batchCount = 8 }
        try await bench.running {
            for round in 1...20 {
                bench.append(8)
                await bench.transport.requestCount(round)
                await bench.clock.sleeper()
                bench.clock.advance(by: .seconds(60))
            }
        }
        #expect(bench.transport.requests.allSatisfy { $0.body.count < 100 })
        #expect(bench.problems.codes == ["delivery-refused-connection"])
        #expect(bench.adds(upTo: 160))
    }
}
