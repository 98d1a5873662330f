import Testing

@testable import MonitoringExport

/// Recovery of images that were cut, flipped, zeroed and mixed: it never traps, and yields nothing that was not appended.
@Suite struct SegmentRecoveryTests {
    /// A spool's only segment, full of records of all sizes, some released.
    private func makeImage(seed: UInt64, records count: Int = 120) throws -> (image: [UInt8], all: [TestRecord]) {
        var random = SeededGenerator(seed: seed)
        let spool = Spool(.small())
        var all: [TestRecord] = []
        for number in 0..<count {
            let size = Int.random(in: 0...(number % 20 == 0 ? 3000 : 300), using: &random)
            let record = TestRecord(
                kind: UInt8(number % 7),
                bytes: (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
            )
            guard spool.append(record) == .accepted else { continue }
            all.append(record)
        }
        spool.nextBatch(5)?.settle(.accepted(rejected: 0))
        return (try #require(spool.images.first), all)
    }

    private func isPartOf(_ all: [TestRecord], _ image: [UInt8]) -> Bool {
        guard let recovered = try? RecoveredImage(image) else { return true }
        return Set(recovered.records).isSubset(of: Set(all))
    }

    @Test func `an undamaged image yields everything in order but what was released`() throws {
        let (image, all) = try makeImage(seed: 1)
        let recovered = try RecoveredImage(image)
        #expect(recovered.records == Array(all.dropFirst(5).prefix(recovered.records.count)))
        #expect(recovered.records.count > 80)
        #expect(recovered.summary.damagedLanes == 0 && recovered.summary.missing == 0)
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `flipped, overwritten and zeroed bytes`(seed: UInt64) throws {
        let (image, all) = try makeImage(seed: seed % 5)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var damaged = image
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let offset = Int.random(in: 0..<image.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: damaged[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1:
                    for index in offset..<min(image.count, offset + 64) {
                        damaged[index] = UInt8.random(in: 0...255, using: &random)
                    }
                default: for index in offset..<min(image.count, offset + 512) { damaged[index] = 0 }
                }
            }
            if !isPartOf(all, damaged) { Issue.record("a record that was never appended, seed \(seed)") }
        }
    }

    @Test func `an image cut at any length yields what is whole`() throws {
        let (image, all) = try makeImage(seed: 2)
        let whole = try RecoveredImage(image).records
        var found = 0
        for length in stride(from: 0, through: image.count, by: 517) {
            guard let recovered = try? RecoveredImage(Array(image[..<length])) else { continue }
            #expect(Set(recovered.records).isSubset(of: Set(all)))
            #expect(recovered.records.count >= found, "less from more bytes")
            found = recovered.records.count
            #expect(recovered.records == Array(whole.prefix(found)))
        }
        #expect(found > 80)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `pages of an older state, and of another segment in the same place, mixed in`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let spool = Spool(.small())
        var all: [TestRecord] = []
        var states: [[UInt8]] = []
        for number in 0..<150 {
            let record = TestRecord(kind: 3, bytes: Array("record \(number) ".utf8) + [UInt8](repeating: 1, count: 90))
            spool.append(record)
            all.append(record)
            if number % 30 == 29, let image = spool.images.first { states.append(image) }
        }
        states.append(try makeImage(seed: seed).image)
        for _ in 0..<20 {
            var mixed = states[4]
            for page in 1..<mixed.count / 4096 {
                let source = states[Int.random(in: 0..<states.count, using: &random)]
                mixed.replaceSubrange(page * 4096..<(page + 1) * 4096, with: source[page * 4096..<(page + 1) * 4096])
            }
            #expect(isPartOf(all, mixed))
        }
    }

    @Test func `a bad record ends its lane, says what is lost, and leaves other lanes alone`() throws {
        let spool = Spool(.small())
        let records = (0..<40).map { TestRecord(kind: 1, bytes: [UInt8](repeating: UInt8($0), count: 100)) }
        for record in records { spool.append(record) }
        let image = try #require(spool.images.first)
        // Lanes of 1,024 bytes hold 7 records of 128 bytes behind 32; the third of the first lane is hit.
        for offset in [0, 4, 8, 16, 17, 24, 123] {
            var damaged = image
            damaged[4096 + 32 + 2 * 128 + offset] ^= 0x10
            let recovered = try RecoveredImage(damaged)
            #expect(recovered.records == Array(records[..<2] + records[7...]), "offset \(offset)")
            #expect(recovered.summary == SegmentRecovery.Summary(records: 35, missing: 5, damagedLanes: 1))
        }
    }

    @Test func `records that were zeroed are missed`() throws {
        let spool = Spool(.small())
        for number in 0..<7 { spool.append(TestRecord(kind: 1, bytes: [UInt8](repeating: UInt8(number), count: 100))) }
        var image = try #require(spool.images.first)
        image.replaceSubrange(4096 + 32 + 3 * 128..<5120, with: [UInt8](repeating: 0, count: 1024 - 32 - 3 * 128))
        #expect(try RecoveredImage(image).summary == SegmentRecovery.Summary(records: 3, missing: 4, damagedLanes: 1))
    }

    @Test func `a damaged release mark costs repeats, and a damaged claim costs nothing`() throws {
        let spool = Spool(.small())
        let records = (0..<7).map { TestRecord(kind: 1, bytes: [UInt8](repeating: UInt8($0), count: 100)) }
        for record in records { spool.append(record) }
        spool.nextBatch(4)?.settle(.accepted(rejected: 0))
        let image = try #require(spool.images.first)
        #expect(try RecoveredImage(image).records == Array(records[4...]))
        var damaged = image
        damaged[4096 + 16 + 4] ^= 1
        #expect(try RecoveredImage(damaged).records == records)
        damaged = image
        damaged[4096] ^= 1
        #expect(try RecoveredImage(damaged).records == Array(records[4...]))
    }

    @Test func `a record cannot be moved to another place of its segment`() throws {
        let spool = Spool(.small())
        for number in 0..<14 { spool.append(TestRecord(kind: 1, bytes: [UInt8](repeating: UInt8(number), count: 100))) }
        var image = try #require(spool.images.first)
        image.replaceSubrange(5120 + 32..<5120 + 160, with: image[4096 + 32..<4096 + 160])
        let recovered = try RecoveredImage(image)
        #expect(recovered.records.count == 7)
        #expect(recovered.summary == SegmentRecovery.Summary(records: 7, missing: 7, damagedLanes: 1))
    }
}
