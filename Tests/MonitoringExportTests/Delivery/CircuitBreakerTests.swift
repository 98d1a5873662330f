import MonitoringCore
import MonitoringExport
import Testing

@Suite struct CircuitBreakerTests {
    /// How many records a body of the bench has.
    private func records(_ body: String) -> Int { body.split(separator: ",").count }

    @Test func `a receiver that is away gets single records to try, and whole batches once it is back`() async throws {
        let steps: [ScriptedTransport.Step] = [.fail(.refused), .fail(.refused), .fail(.refused), .fail(.refused)]
        let bench = try DeliveryBench(steps + [.answer(200)]) { $0.batchCount = 10 }
        try await bench.running {
            bench.append(40)
            for (index, pause) in [1, 2, 4, 8].enumerated() {
                await bench.transport.requestCount(index + 1)
                await bench.clock.sleeper(for: .seconds(pause))
                bench.clock.advance(by: .seconds(pause))
            }
            // The probe, and then all that waited, without another pause.
            await bench.transport.requestCount(9)
        }
        #expect(bench.transport.bodies.map(records) == [10, 10, 10, 1, 1, 10, 10, 10, 9])
        #expect(bench.adds(upTo: 40))
    }

    @Test(arguments: [400, 413]) func `any final answer to a probe closes it`(status: Int) async throws {
        let steps: [ScriptedTransport.Step] = [.answer(503), .answer(503), .answer(503), .answer(status), .answer(200)]
        let bench = try DeliveryBench(steps) { $0.batchCount = 10 }
        try await bench.running {
            bench.append(11)
            for (index, pause) in [1, 2, 4].enumerated() {
                await bench.transport.requestCount(index + 1)
                await bench.clock.sleeper(for: .seconds(pause))
                bench.clock.advance(by: .seconds(pause))
            }
            await bench.transport.requestCount(5)
        }
        #expect(bench.transport.bodies.map(records) == [10, 10, 10, 1, 10])
        #expect(bench.queue.outcomes(of: 1) == [.rejected])
    }

    @Test func `a flush tries too, with one record, and gives up when nobody answers`() async throws {
        let steps = [ScriptedTransport.Step](repeating: .fail(.refused), count: 4)
        let bench = try DeliveryBench(steps) { $0.batchCount = 10 }
        bench.append(20)
        for _ in 0..<4 { #expect(await bench.exporter.flush(within: .seconds(1)) == false) }
        #expect(bench.transport.bodies.map(records) == [10, 10, 10, 1])
        #expect(bench.queue.queued.count == 20)
    }

    @Test func `one destination's breaker is no other's`() async throws {
        let dead = try DeliveryBench([ScriptedTransport.Step](repeating: .fail(.refused), count: 4)) {
            $0.batchCount = 5
        }
        let alive = try DeliveryBench([.answer(200)]) { $0.batchCount = 5 }
        dead.append(10)
        for _ in 0..<4 { _ = await dead.exporter.flush(within: .seconds(1)) }
        alive.append(10)
        #expect(await alive.exporter.flush(within: .seconds(1)))
        #expect(alive.transport.bodies.map(records) == [5, 5])
    }
}
