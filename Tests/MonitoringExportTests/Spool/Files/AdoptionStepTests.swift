import Testing

@testable import MonitoringExport

/// Writers die after any step of any interleaving, their heirs after any step of adopting and settling, and so on: after each of
/// these, recovery finds what was handed over and not settled, and nothing else.
@Suite struct AdoptionStepTests {
    /// Two lanes with a writer each that writes two records.
    @safe private struct Writers {
        let map: SegmentMap
        let header: SegmentHeader
        private var segment: Segment
        private var writers: [LaneWriter] = unsafe []
        private var steps = [0, 0]
        private(set) var committed: [[TestRecord]] = [[], []]
        private var released = [0, 0]

        init() throws {
            header = SegmentHeader(
                segmentID: 7, writerID: 1, sequence: 1, bootID: BootID(low: 0, high: 0), createdUnixNanoseconds: 0,
                createdMonotonicNanoseconds: 0, processID: 1, signal: .traces, encoding: .otlpJSON, identity: [],
                geometry: SegmentGeometry(segmentBytes: 1 << 14, identityBytes: 0))
            map = try #require(SegmentMap.anonymous(byteCount: header.geometry.segmentBytes))
            header.write(to: map, dropCounts: [])
            segment = Segment(map: map, header: header)
            for _ in 0..<2 {
                let claimed = segment.claim(recordSize: 100)
                let lane = try #require(claimed)
                unsafe writers.append(LaneWriter(map: map, seed: header.seed, lane: lane))
            }
        }

        mutating func advance(_ writer: Int) {
            let number = unsafe steps[writer] / LaneWriter.steps
            let step = unsafe steps[writer] % LaneWriter.steps
            let record = TestRecord(kind: UInt8(writer), bytes: [UInt8](repeating: UInt8(number), count: 30 + number))
            unsafe record.bytes.withUnsafeBytes { bytes in
                unsafe writers[writer].perform(step, kind: record.kind, time: 1, bytes)
            }
            if step == 3 { committed[writer].append(record) }
            steps[writer] += 1
        }

        /// The process's own reader settles what a lane has published.
        mutating func release(_ lane: Int) {
            released[lane] += segment.release(lane: lane, upTo: segment.written(segment.lanes[lane]))
        }

        var owed: [TestRecord] { (0..<2).flatMap { committed[$0].dropFirst(released[$0]) } }
    }

    private func copy(_ map: SegmentMap) throws -> SegmentMap {
        let copy = try #require(SegmentMap.anonymous(byteCount: map.byteCount))
        unsafe copy.base.copyMemory(from: map.base, byteCount: map.byteCount)
        return copy
    }

    private func lanes(_ map: SegmentMap) throws -> [SegmentRecovery.Lane] {
        let recovery = unsafe try SegmentRecovery(image: map.bytes)
        return unsafe recovery.lanes()
    }

    /// Adopts step by step, settles record by record, and looks after each step with the eyes of the next heir.
    private func check(_ left: SegmentMap, header: SegmentHeader, owed: [TestRecord]) throws {
        let map = try copy(left)
        var isRight = try RecoveredImage(map.image).records == owed
        for lane in try lanes(map) {
            for step in 0..<Segment.adoptionSteps {
                Segment.adopt(lane, in: map, seed: header.seed, step: step)
                isRight = try isRight && RecoveredImage(map.image).records == owed
            }
        }
        var segment = Segment(number: 1, adopting: map, header: header, lanes: try lanes(map))
        var rest = owed
        for lane in segment.lanes.indices {
            var reader = unsafe LaneReader(map.bytes, seed: header.seed, part: segment.lanes[lane].range.dropHeader)
            while case .record = unsafe reader.next(verifying: true) {
                let known = segment.lanes[lane].released
                let reached = unsafe LaneExtent(
                    length: reader.offset - segment.lanes[lane].range.lowerBound, count: known.count + 1)
                guard reached.length > known.length else { continue }
                _ = segment.release(lane: lane, upTo: reached)
                rest.removeFirst()
                isRight = try isRight && RecoveredImage(map.image).records == rest
            }
        }
        #expect(isRight && rest.isEmpty)
    }

    private func interleavings(_ first: Int, _ second: Int) -> [[Int]] {
        if first == 0 { return [[Int](repeating: 1, count: second)] }
        if second == 0 { return [[Int](repeating: 0, count: first)] }
        return interleavings(first - 1, second).map { [0] + $0 } + interleavings(first, second - 1).map { [1] + $0 }
    }

    @Test func `two writers in every interleaving, dead after every step, adopted with a death after every step`()
        throws
    {
        for order in unsafe interleavings(LaneWriter.steps, LaneWriter.steps) {
            var writers = try Writers()
            for writer in order {
                writers.advance(writer)
                try check(writers.map, header: writers.header, owed: writers.owed)
            }
        }
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `two writers and a reader in random interleavings, dead and adopted after every step`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var writers = try Writers()
        for _ in 0..<40 {
            let lane = Int.random(in: 0...1, using: &random)
            if Int.random(in: 0..<5, using: &random) == 0 {
                writers.release(lane)
            } else if writers.committed[lane].count < 4 {
                writers.advance(lane)
            }
            try check(writers.map, header: writers.header, owed: writers.owed)
        }
    }
}

extension Range<Int> {
    /// A lane without its header.
    fileprivate var dropHeader: Range<Int> { lowerBound + SegmentLayout.Lane.records..<upperBound }
}
