import CMonitoringShims
import Testing

@testable import MonitoringExport

/// Pins the format of docs/decisions/0001-spool.md: literal offsets here, so that a change cannot hide in a constant.
@Suite struct SegmentFormatTests {
    private let header = SegmentHeader(
        segmentID: 0x1122_3344_5566_7788,
        writerID: 0x99aa_bbcc_ddee_ff00,
        sequence: 7,
        bootID: BootID(low: 3, high: 4),
        createdUnixNanoseconds: 1_700_000_000_000_000_000,
        createdMonotonicNanoseconds: 99,
        processID: 4242,
        signal: .logs,
        encoding: .otlpJSON,
        identity: Array("identity".utf8),
        geometry: SegmentGeometry(segmentBytes: 1 << 16, identityBytes: 8)
    )

    private func makeImage() throws -> [UInt8] {
        let map = try #require(SegmentMap.anonymous(byteCount: 1 << 16))
        header.write(to: map, dropCounts: [5, 0, 6])
        var segment = Segment(map: map, header: header)
        let firstClaim = segment.claim(recordSize: 100)
        let first = try #require(firstClaim)
        var writer = unsafe LaneWriter(map: map, seed: header.seed, lane: first)
        for text in ["hello", ""] {
            unsafe Array(text.utf8).withUnsafeBytes { unsafe writer.append(kind: 9, time: 1234, $0) }
        }
        return map.image
    }

    private func number(_ image: [UInt8], _ offset: Int, _ size: Int) -> UInt64 {
        image[offset..<offset + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func checksum(_ bytes: some Sequence<UInt8>, from start: UInt32 = 0) -> UInt32 {
        unsafe Array(bytes).withUnsafeBytes { unsafe monitoring_crc32c_portable(start, $0.baseAddress, $0.count) }
    }

    private func bytes(_ number: UInt64, _ size: Int = 8) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }

    @Test func `the header stands where the decision record says`() throws {
        let image = try makeImage()
        #expect(Array(image[..<8]) == Array("monspool".utf8))
        let fields: [(Int, Int, UInt64)] = [
            (8, 4, 1), (12, 4, 4096), (16, 8, 0x1122_3344_5566_7788), (24, 8, 0x99aa_bbcc_ddee_ff00), (32, 8, 7),
            (40, 8, 3), (48, 8, 4), (56, 8, 1_700_000_000_000_000_000), (64, 4, 4242), (68, 1, 3), (69, 1, 1),
            (70, 2, 0), (72, 4, 65_536), (76, 4, 1024), (80, 4, 8),
            (84, 4, 0), (88, 8, 99),
        ]
        for (offset, size, expected) in fields {
            #expect(number(image, offset, size) == expected, "offset \(offset)")
        }
        #expect(image[96..<124].allSatisfy { $0 == 0 })
        #expect(number(image, 124, 4) == UInt64(checksum(image[..<124] + Array("identity".utf8))))
        #expect(Array(image[256..<264]) == Array("identity".utf8))
    }

    @Test func `sealed words hold their value above a check`() throws {
        let image = try makeImage()
        let seed = checksum(bytes(0x1122_3344_5566_7788))
        let words: [(Int, UInt64)] = [
            (128, 5), (136, 0), (144, 6), (248, 0),
            (4096, 1), (4104, 11 << 22 | 2), (4112, 4 << 22),
        ]
        for (offset, value) in words {
            #expect(number(image, offset, 8) >> 20 == value, "offset \(offset)")
            let check = checksum(bytes(value), from: seed ^ UInt32(offset))
            #expect(number(image, offset, 8) & 0xf_ffff == UInt64(check & 0xf_ffff), "offset \(offset)")
        }
    }

    @Test func `records stand where the decision record says`() throws {
        let image = try makeImage()
        let seed = checksum(bytes(0x1122_3344_5566_7788))
        for (offset, text) in [(4128, "hello"), (4160, "")] {
            let size = 24 + text.utf8.count
            #expect(number(image, offset, 4) == UInt64(size))
            #expect(number(image, offset + 8, 8) == 1234)
            #expect(number(image, offset + 16, 8) == 9)
            #expect(Array(image[offset + 24..<offset + size]) == Array(text.utf8))
            let covered = bytes(UInt64(offset), 4) + bytes(UInt64(size), 4) + image[offset + 8..<offset + size]
            #expect(number(image, offset + 4, 4) == UInt64(checksum(covered, from: seed)))
        }
        #expect(number(image, 4184, 4) == 0)
    }

    @Test func `a header comes back`() throws {
        let recovered = try RecoveredImage(makeImage())
        #expect(recovered.header == header)
        #expect(recovered.dropCounts == [5, 0, 6] + [Int](repeating: 0, count: 13))
        #expect(recovered.records == [TestRecord("hello", kind: 9), TestRecord("", kind: 9)])
        #expect(recovered.times == [1234, 1234])
        #expect(recovered.summary == SegmentRecovery.Summary(records: 2, missing: 0, damagedLanes: 0))
    }

    @Test func `what is no segment says why`() throws {
        var image = try makeImage()
        #expect(throws: SegmentDefect.notASegment) { try RecoveredImage([]) }
        #expect(throws: SegmentDefect.notASegment) { try RecoveredImage([UInt8](repeating: 0, count: 65_536)) }
        #expect(throws: SegmentDefect.notASegment) { try RecoveredImage(Array(image[..<255])) }
        image[8] = 2
        #expect(throws: SegmentDefect.unknownVersion(2)) { try RecoveredImage(image) }
    }

    @Test func `a flipped bit anywhere in the fixed header or the identity is noticed`() throws {
        let image = try makeImage()
        for offset in Array(12..<128) + Array(256..<264) {
            for bit in 0..<8 {
                var damaged = image
                damaged[offset] ^= 1 << UInt8(bit)
                #expect(throws: SegmentDefect.damagedHeader) { try RecoveredImage(damaged) }
            }
        }
    }

    @Test(arguments: [0, 1, 3000, 3840, 3841, 70_000, 200_000])
    func `a geometry has room for records and is found plausible again`(identityBytes: Int) {
        for wanted in [0, 4096, 1 << 16, 4 << 20, 64 << 20] {
            let geometry = SegmentGeometry(segmentBytes: wanted, identityBytes: identityBytes)
            #expect(geometry.segmentBytes >= wanted && geometry.unitCount >= 4)
            #expect(geometry.lane(unit: geometry.unitCount - 1, units: 1).upperBound == geometry.segmentBytes)
            let again = SegmentGeometry(
                segmentBytes: UInt32(geometry.segmentBytes),
                laneUnit: UInt32(geometry.laneUnit),
                dataOffset: UInt32(geometry.dataOffset),
                identityLength: UInt32(identityBytes)
            )
            #expect(again == geometry)
        }
    }

    @Test func `a segment of 4 MiB has lanes of 64 KiB and takes records of 1 MiB`() {
        let limits = SpoolLimits(SpoolConfiguration(signal: .traces, encoding: .otlpJSON, identity: []))
        #expect(limits.geometry.laneUnit == 65_536)
        #expect(limits.geometry.segmentBytes == 4 << 20)
        #expect(limits.recordBytes == 1 << 20)
        #expect(limits.segments == 16)
    }

    @Test func `a boot id is read from the text of a UUID`() {
        let text = Array("01234567-89ab-CDEF-0011-223344556677\n".utf8)
        #expect(BootID(hexadecimal: text) == BootID(low: 0x0011_2233_4455_6677, high: 0x0123_4567_89ab_cdef))
        #expect(BootID(hexadecimal: Array("0123".utf8)) == BootID(low: 0, high: 0))
        #expect(BootID.current == BootID.current)
    }
}
