import Testing

@testable import MonitoringExport

/// Crashes between all steps, in all interleavings: after any step, recovery finds exactly what the model says.
@Suite struct LaneStepTests {
    /// Two lanes with a writer each, and what must be found.
    @safe private struct Model {
        let map: SegmentMap
        var segment: Segment
        var writers: [LaneWriter]
        var step = [0, 0]
        /// Records per lane whose size was stored.
        var committed: [[TestRecord]] = [[], []]
        /// How many of them were released.
        var released = [0, 0]

        init(dirty: Bool) throws {
            map = try #require(SegmentMap.anonymous(byteCount: 1 << 16))
            // A recycled map is full of what lay there before, records of another segment among it.
            if dirty { try Self.fill(map) }
            let header = Self.header(id: 2)
            header.write(to: map, dropCounts: [])
            segment = Segment(map: map, header: header)
            unsafe writers = []
            for _ in 0..<2 {
                let laneClaim = segment.claim(recordSize: 200)
                let lane = try #require(laneClaim)
                unsafe writers.append(LaneWriter(map: map, seed: header.seed, lane: lane))
            }
        }

        static func header(id: UInt64) -> SegmentHeader {
            SegmentHeader(
                segmentID: id,
                writerID: 1,
                sequence: 1,
                bootID: BootID(low: 0, high: 0),
                createdUnixNanoseconds: 0,
                createdMonotonicNanoseconds: 0,
                processID: 1,
                signal: .traces,
                encoding: .otlpJSON,
                identity: [],
                geometry: SegmentGeometry(segmentBytes: 1 << 16, identityBytes: 0)
            )
        }

        private static func fill(_ map: SegmentMap) throws {
            let header = header(id: 1)
            header.write(to: map, dropCounts: [])
            var segment = Segment(map: map, header: header)
            for _ in 0..<4 {
                let laneClaim = segment.claim(recordSize: 200)
                let lane = try #require(laneClaim)
                var writer = unsafe LaneWriter(map: map, seed: header.seed, lane: lane)
                while unsafe writer.fits(40) {
                    let old = [UInt8](repeating: 0x6f, count: 40)
                    unsafe old.withUnsafeBytes { unsafe writer.append(kind: 1, time: 1, $0) }
                }
            }
        }

        static func record(writer: Int, number: Int) -> TestRecord {
            TestRecord(kind: UInt8(writer), bytes: [UInt8](repeating: UInt8(number), count: 40 + 3 * number))
        }

        /// One step of a writer's append.
        mutating func advance(writer: Int) {
            let record = unsafe Self.record(writer: writer, number: step[writer] / LaneWriter.steps)
            let number = unsafe step[writer] % LaneWriter.steps
            unsafe record.bytes.withUnsafeBytes { bytes in
                unsafe writers[writer].perform(number, kind: record.kind, time: 1, bytes)
            }
            if number == 3 { committed[writer].append(record) }
            step[writer] += 1
        }

        /// The reader settles what a lane has published.
        mutating func release(lane: Int) {
            released[lane] += segment.release(lane: lane, upTo: segment.written(segment.lanes[lane]))
        }

        func check() throws {
            let recovered = try RecoveredImage(map.image)
            let expected = (0..<2).flatMap { committed[$0].dropFirst(released[$0]) }
            guard recovered.records != expected || recovered.summary.damagedLanes != 0 else { return }
            Issue.record("steps \(step), released \(released): \(recovered.records) instead of \(expected)")
        }
    }

    /// All orders of `first` steps of one kind and `second` of another.
    private func interleavings(_ first: Int, _ second: Int) -> [[Int]] {
        if first == 0 { return [[Int](repeating: 1, count: second)] }
        if second == 0 { return [[Int](repeating: 0, count: first)] }
        return interleavings(first - 1, second).map { [0] + $0 } + interleavings(first, second - 1).map { [1] + $0 }
    }

    @Test(arguments: [false, true])
    func `two writers in every interleaving of their steps`(dirty: Bool) throws {
        for order in unsafe interleavings(LaneWriter.steps, LaneWriter.steps) {
            var model = try Model(dirty: dirty)
            try model.check()
            for writer in order {
                model.advance(writer: writer)
                try model.check()
            }
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `two writers and a reader that releases, in random interleavings`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var model = try Model(dirty: seed.isMultiple(of: 2))
        for _ in 0..<60 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: model.release(lane: 0)
            case 1: model.release(lane: 1)
            case let roll: if model.step[roll % 2] < 40 { model.advance(writer: roll % 2) }
            }
            try model.check()
        }
    }

    @Test func `a map is a segment only after its header is whole, and no longer once erased`() throws {
        let model = try Model(dirty: true)
        SegmentHeader.erase(model.map)
        #expect(throws: SegmentDefect.notASegment) { try RecoveredImage(model.map.image) }
    }

    @Test func `a lane whose claim was not stored has nothing in it`() throws {
        let map = try #require(SegmentMap.anonymous(byteCount: 1 << 16))
        let header = Model.header(id: 5)
        header.write(to: map, dropCounts: [])
        let recovered = try RecoveredImage(map.image)
        #expect(recovered.records.isEmpty)
        #expect(recovered.summary == SegmentRecovery.Summary())
    }

    @Test func `the last record may fill a lane to its last byte`() throws {
        let map = try #require(SegmentMap.anonymous(byteCount: 1 << 16))
        let header = Model.header(id: 5)
        header.write(to: map, dropCounts: [])
        var segment = Segment(map: map, header: header)
        let laneClaim = segment.claim(recordSize: 100)
        let lane = try #require(laneClaim)
        let nextClaim = segment.claim(recordSize: 100)
        let next = try #require(nextClaim)
        var writer = unsafe LaneWriter(map: map, seed: header.seed, lane: lane)
        let room = lane.count - SegmentLayout.Lane.records - SegmentLayout.Record.payload
        unsafe #expect(writer.fits(room) && !writer.fits(room + 1))
        let full = [UInt8](repeating: 7, count: room)
        let neighbour = Array(map.image[next])
        unsafe full.withUnsafeBytes { unsafe writer.append(kind: 1, time: 1, $0) }
        unsafe #expect(!writer.fits(0))
        #expect(Array(map.image[next]) == neighbour)
        #expect(try RecoveredImage(map.image).records == [TestRecord(kind: 1, bytes: full)])
    }
}
