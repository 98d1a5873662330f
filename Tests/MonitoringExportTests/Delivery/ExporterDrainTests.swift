import MonitoringCore
import MonitoringExport
import Testing

@Suite struct ExporterDrainTests {
    @Test func `a flush before the loop runs sends everything at once`() async throws {
        let bench = try DeliveryBench([.answer(200)]) { $0.batchCount = 2 }
        bench.append(5)
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.queue.batches == [[1, 2], [3, 4], [5]])
        #expect(bench.queue.queued.count == 0)
    }

    @Test func `a flush of nothing is a success and sends nothing`() async throws {
        let bench = try DeliveryBench([.answer(200)])
        #expect(await bench.exporter.flush(within: .zero) == true)
        #expect(await bench.exporter.shutdown(within: .zero))
        #expect(bench.transport.requests.isEmpty)
    }

    @Test func `flushes at the same time take turns`() async throws {
        let bench = try DeliveryBench([.answer(200)]) { $0.batchCount = 3 }
        let exporter = bench.exporter
        bench.append(30)
        try await bench.running {
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { await exporter.flush(within: .seconds(10)) } }
                for await isDone in group { #expect(isDone) }
            }
        }
        #expect(bench.adds(upTo: 30))
        #expect(bench.queue.queued.count == 0)
        #expect(bench.transport.mostInFlight == 1)
    }

    @Test func `a flush does not wait for a pause of our own`() async throws {
        let bench = try DeliveryBench([.fail(.refused), .answer(200)]) { $0.batchCount = 1 }
        try await bench.running {
            bench.append()
            await bench.clock.sleeper(for: .seconds(1))
            #expect(await bench.exporter.flush(within: .milliseconds(10)))
        }
        #expect(bench.transport.requests.count == 2)
    }

    @Test func `a flush ends early when nobody can be reached`() async throws {
        let bench = try DeliveryBench([.fail(.refused)])
        bench.append()
        #expect(await bench.exporter.flush(within: .seconds(60)) == false)
        #expect(bench.transport.requests.count == 1)
        #expect(bench.queue.queued.count == 1)
    }

    @Test func `a flush tries again when a busy receiver's pause ends in time`() async throws {
        let bench = try DeliveryBench([.answer(503, headers: ["Retry-After": "2"]), .answer(200)])
        bench.append()
        let exporter = bench.exporter
        async let isDone = exporter.flush(within: .seconds(10))
        await bench.clock.sleeper(for: .seconds(2))
        bench.clock.advance(by: .seconds(2))
        #expect(await isDone)
    }

    @Test func `a flush gives up at its deadline and the records stay in order`() async throws {
        let bench = try DeliveryBench([.silence])
        bench.append(3)
        let exporter = bench.exporter
        async let isDone = exporter.flush(within: .seconds(2))
        await bench.clock.sleeper(for: .seconds(2))
        bench.clock.advance(by: .seconds(2))
        #expect(await isDone == false)
        #expect(bench.transport.timeouts == [.seconds(2)])
        #expect(bench.queue.queued.count == 3)
        #expect(bench.problems.all.isEmpty)
        bench.transport.script([.answer(200)])
        #expect(await bench.exporter.flush(within: .seconds(1)))
        #expect(bench.queue.batches == [[1, 2, 3], [1, 2, 3]])
    }

    @Test func `after a shutdown nothing is sent`() async throws {
        let bench = try DeliveryBench([.answer(200)])
        bench.append(2)
        #expect(await bench.exporter.shutdown(within: .seconds(1)))
        #expect(await bench.exporter.flush(within: .seconds(1)))
        bench.append()
        #expect(await bench.exporter.flush(within: .seconds(1)) == false)
        #expect(await bench.exporter.shutdown(within: .seconds(1)) == false)
        await bench.exporter.run()
        #expect(bench.transport.requests.count == 1)
        #expect(bench.queue.queued.count == 1)
    }

    @Test func `a shutdown ends the loop after sending what is left`() async throws {
        let bench = try DeliveryBench([.answer(200)])
        let exporter = bench.exporter
        let loop = Task { await exporter.run() }
        bench.append(2)
        await bench.clock.sleeper(for: .seconds(5))
        #expect(await exporter.shutdown(within: .seconds(1)))
        await loop.value
        #expect(bench.queue.outcomes(of: 1) == [.accepted(rejected: 0)])
    }

    @Test(arguments: [
        ScriptedTransport.Step.fail(.refused), .fail(.closed), .fail(.timeout), .fail(.unresolved), .answer(503),
        .answer(429, headers: ["Retry-After": "3600"]),
    ])
    func `a shutdown does not wait for a receiver that takes nothing`(step: ScriptedTransport.Step) async throws {
        let bench = try DeliveryBench([step])
        bench.append(2)
        #expect(await bench.exporter.shutdown(within: .milliseconds(900)) == false)
        #expect(bench.queue.queued.count == 2)
        #expect(bench.adds(upTo: 2))
    }

    @Test func `a shutdown gives up the loop's attempt at its own deadline`() async throws {
        let bench = try DeliveryBench([.silence]) { $0.batchCount = 2 }
        let exporter = bench.exporter
        let loop = Task { await exporter.run() }
        bench.append(2)
        await bench.transport.requestCount(1)
        async let isDone = exporter.shutdown(within: .seconds(3))
        await bench.clock.sleeper(for: .seconds(3))
        bench.clock.advance(by: .seconds(3))
        #expect(await isDone == false)
        await loop.value
        #expect(bench.queue.queued.count == 2)
        #expect(bench.queue.nextBatch(maximumCount: 9, maximumBytes: 9)?.count == 2)
        #expect(bench.transport.requests.count == 1)
        #expect(bench.problems.all.isEmpty)
    }

    @Test func `a shutdown aborts the loop's pause and tries once more`() async throws {
        let bench = try DeliveryBench([.fail(.refused), .answer(200)]) { $0.batchCount = 1 }
        let exporter = bench.exporter
        let loop = Task { await exporter.run() }
        bench.append()
        await bench.clock.sleeper(for: .seconds(1))
        #expect(await exporter.shutdown(within: .seconds(1)))
        await loop.value
        #expect(bench.queue.outcomes(of: 1) == [.accepted(rejected: 0)])
    }

    @Test func `shutdowns at the same time all end and send once`() async throws {
        let bench = try DeliveryBench([.answer(200)])
        let exporter = bench.exporter
        bench.append(3)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { await exporter.shutdown(within: .seconds(10)) } }
            for await isDone in group { #expect(isDone) }
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test func `a transport that hears no cancellation does not hold a shutdown`() async throws {
        let bench = try DeliveryBench([.gate]) { $0.batchCount = 1 }
        let exporter = bench.exporter
        let loop = Task { await exporter.run() }
        bench.append()
        await bench.transport.requestCount(1)
        async let isDone = exporter.shutdown(within: .seconds(1))
        await bench.clock.sleeper(for: .seconds(1))
        bench.clock.advance(by: .seconds(1))
        await bench.clock.sleeper(for: .milliseconds(100))
        bench.clock.advance(by: .milliseconds(100))
        #expect(await isDone == false)
        #expect(bench.queue.queued.count == 1)
        bench.transport.openGate()
        await loop.value
        #expect(bench.queue.outcomes(of: 1) == [.accepted(rejected: 0)])
    }

    @Test func `nothing is lost or doubled under any mixture of calls`() async throws {
        let steps: [ScriptedTransport.Step] = (0..<60).flatMap { step -> [ScriptedTransport.Step] in
            switch step % 6 {
            case 0: [.fail(.closed)]
            case 1: [.answer(413)]
            case 2: [.answer(400)]
            case 3: [.answer(503)]
            default: [.answer(200)]
            }
        }
        let bench = try DeliveryBench(steps + [.answer(200)]) { ($0.batchCount, $0.backoff.base) = (7, .zero) }
        let exporter = bench.exporter
        try await bench.running {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { for _ in 0..<25 { bench.append(2) } }
                    group.addTask { for _ in 0..<10 { _ = await exporter.flush(within: .seconds(1)) } }
                }
            }
            for _ in 0..<100 where bench.queue.queued.count > 0 { _ = await exporter.flush(within: .seconds(1)) }
        }
        #expect(bench.queue.queued.count == 0)
        #expect(bench.adds(upTo: 200))
        #expect(bench.transport.mostInFlight == 1)
    }
}
