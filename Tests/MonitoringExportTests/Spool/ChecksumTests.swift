import CMonitoringShims
import Testing

@testable import MonitoringExport

@Suite struct ChecksumTests {
    private func checksum(_ bytes: [UInt8], from start: UInt32 = 0) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe monitoring_crc32c(start, $0.baseAddress, $0.count) }
    }

    private func portable(_ bytes: [UInt8], from start: UInt32 = 0) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe monitoring_crc32c_portable(start, $0.baseAddress, $0.count) }
    }

    @Test(
        arguments: [
            (Array("123456789".utf8), 0xe306_9283),
            ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
            ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
            (Array(0..<32), 0x46dd_794e),
            ([], 0),
        ] as [([UInt8], UInt32)])
    func `the vectors of RFC 3720 hold`(bytes: [UInt8], expected: UInt32) {
        #expect(checksum(bytes) == expected)
        #expect(portable(bytes) == expected)
    }

    @Test func `the instruction and the table agree on every length and start`() {
        var random = SeededGenerator(seed: 1)
        let bytes = (0..<8000).map { _ in UInt8.random(in: 0...255, using: &random) }
        for length in Array(0..<1200) + [3071, 3072, 3073, 6143, 6144, 8000] {
            let start = UInt32.random(in: 0...UInt32.max, using: &random)
            let part = Array(bytes[..<length])
            guard checksum(part, from: start) != portable(part, from: start) else { continue }
            Issue.record("length \(length)")
        }
    }

    @Test func `a checksum continues`() {
        let bytes = Array("the quick brown fox".utf8)
        #expect(checksum(Array(bytes[7...]), from: checksum(Array(bytes[..<7]))) == checksum(bytes))
    }

    @Test func `a sealed word opens in its place alone`() {
        let seed = SegmentSeed(segmentID: 77)
        for value in [0, 1, 12_345, SegmentSeed.largestValue] {
            let word = seed.seal(value, at: 4096)
            #expect(seed.open(word, at: 4096) == value)
            #expect(SegmentSeed.value(of: word) == value)
            #expect(seed.open(word, at: 4104) == nil)
            #expect(SegmentSeed(segmentID: 78).open(word, at: 4096) == nil)
            for bit in 0..<64 { #expect(seed.open(word ^ (1 << UInt64(bit)), at: 4096) == nil) }
        }
    }

    @Test func `a word that was never sealed does not open`() {
        #expect(SegmentSeed(segmentID: 77).open(0, at: 4096) == nil)
    }
}
