import Foundation
import MonitoringCore
import Synchronization

@testable import MonitoringExport

/// A clock that stands still until it is moved.
final class SpoolClock: MonitoringClock {
    private let time = Atomic<UInt64>(1_700_000_000_000_000_000)

    var monotonicNanoseconds: UInt64 { time.load(ordering: .relaxed) }
    private let offset = Atomic<UInt64>(0)
    var unixNanoseconds: UInt64 { time.load(ordering: .relaxed) + offset.load(ordering: .relaxed) }
    func setForward(by nanoseconds: UInt64) { offset.wrappingAdd(nanoseconds, ordering: .relaxed) }
    func advance(by nanoseconds: UInt64) { time.wrappingAdd(nanoseconds, ordering: .relaxed) }
    func sleep(untilMonotonicNanoseconds deadline: UInt64) async throws {}
}

/// splitmix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// A record as it went in or came out.
struct TestRecord: Hashable {
    var kind: UInt8
    var bytes: [UInt8]

    init(_ text: String, kind: UInt8 = 1) {
        self.kind = kind
        bytes = Array(text.utf8)
    }

    init(kind: UInt8, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }
}

extension SpoolConfiguration {
    /// Segments of 64 KiB with lanes of 1 KiB.
    static func small(segments: Int = 4, maximumRecords: Int? = nil) -> SpoolConfiguration {
        SpoolConfiguration(
            signal: .traces,
            encoding: .otlpJSON,
            identity: Array(#"{"resource":"test"}"#.utf8),
            maximumBytes: segments << 16,
            segmentBytes: 1 << 16,
            maximumRecords: maximumRecords
        )
    }
}

extension Spool {
    /// A spool with a clock that stands still.
    convenience init(_ configuration: SpoolConfiguration = .small()) {
        self.init(configuration: configuration, clock: SpoolClock())
    }

    @discardableResult func append(_ record: TestRecord) -> AppendOutcome {
        unsafe record.bytes.withUnsafeBytes { unsafe append(kind: record.kind, $0) }
    }

    @discardableResult func append(_ text: String) -> AppendOutcome { append(TestRecord(text)) }

    @discardableResult func append(size: Int) -> AppendOutcome {
        append(TestRecord(kind: 2, bytes: [UInt8](repeating: 0x5a, count: size)))
    }

    func nextBatch(_ count: Int = .max) -> (any SpooledBatch)? {
        nextBatch(maximumCount: count, maximumBytes: .max)
    }

    /// Takes and settles everything that can be taken.
    func drain() -> [TestRecord] {
        var records: [TestRecord] = []
        while let batch = nextBatch() {
            records += batch.records
            batch.settle(.accepted(rejected: 0))
        }
        return records
    }

    /// The bytes of the segments, oldest first, as a crash would leave them.
    var images: [[UInt8]] { withState { state in state.segments.map(\.map.image) } }
}

extension SegmentMap {
    var image: [UInt8] { unsafe Array(bytes) }
}

extension SpooledBatch {
    var records: [TestRecord] {
        var records: [TestRecord] = []
        unsafe forEachRecord { kind, bytes in
            unsafe records.append(TestRecord(kind: kind, bytes: Array(bytes)))
        }
        return records
    }

    var texts: [String] { records.map { String(decoding: $0.bytes, as: UTF8.self) } }
}

/// What recovery makes of an image.
struct RecoveredImage {
    var header: SegmentHeader
    var records: [TestRecord] = []
    var times: [UInt64] = []
    var summary = SegmentRecovery.Summary()
    var dropCounts: [Int]

    init(_ image: [UInt8]) throws(SegmentDefect) {
        let outcome: Result<RecoveredImage, SegmentDefect> = unsafe image.withUnsafeBytes { bytes in
            do throws(SegmentDefect) {
                let recovery = unsafe try SegmentRecovery(image: bytes)
                var recovered = unsafe RecoveredImage(header: recovery.header, dropCounts: recovery.dropCounts)
                recovered.summary = unsafe recovery.forEachRecord { record in
                    unsafe recovered.records.append(TestRecord(kind: record.kind, bytes: Array(record.bytes)))
                    unsafe recovered.times.append(record.appendedUnixNanoseconds)
                }
                return .success(recovered)
            } catch {
                return .failure(error)
            }
        }
        self = try outcome.get()
    }

    private init(header: SegmentHeader, dropCounts: [Int]) {
        self.header = header
        self.dropCounts = dropCounts
    }
}

/// Runs every closure on a thread of its own and waits for all.
func onThreads(_ bodies: [@Sendable () -> Void]) {
    let group = DispatchGroup()
    for body in bodies {
        group.enter()
        let thread = Thread {
            body()
            group.leave()
        }
        thread.start()
    }
    group.wait()
}
