import CMonitoringShims
import Synchronization

/// The memory of one segment.
///
/// It stays mapped as long as anybody holds this object.
///
/// Sendable, though it is raw memory that several threads use, under these rules:
/// - The words that change while others look (magic, sealed words, a record's size) are touched only as atomics.
/// - All other bytes of a record are written by the holder of the lane before the record's size is stored, releasing, and
///   read by others only after they have seen, acquiring, that the lane's `written` word covers them.
/// - All other bytes of the header are written before the segment is entered in the spool's state, and never again.
/// - A forked child has no such memory: it must not call anything here, and nothing is unmapped there.
@safe final class SegmentMap: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let byteCount: Int
    private let generation: UInt32

    private init(base: UnsafeMutableRawPointer, byteCount: Int) {
        unsafe self.base = unsafe base
        self.byteCount = byteCount
        generation = monitoring_fork_generation()
    }

    deinit {
        if monitoring_fork_generation() == generation { unsafe monitoring_unmap(base, byteCount) }
    }

    /// Zeroed memory that dies with the process; `nil` when there is none.
    static func anonymous(byteCount: Int) -> SegmentMap? {
        guard let base = unsafe monitoring_map_anonymous(byteCount) else { return nil }
        return unsafe SegmentMap(base: base, byteCount: byteCount)
    }

    /// All bytes.
    var bytes: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: byteCount) }

    /// The word at `offset`, and everything that was written before it.
    func word(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= byteCount - 8 && offset % 8 == 0)
        return unsafe (base + offset).atomicWord.pointee.load(ordering: .acquiring)
    }

    /// Changes the word at `offset`, after everything that was written before.
    func setWord(at offset: Int, to word: UInt64) {
        precondition(offset >= 0 && offset <= byteCount - 8 && offset % 8 == 0)
        unsafe (base + offset).atomicWord.pointee.store(word, ordering: .releasing)
    }
}

extension UnsafeMutableRawPointer {
    /// Eight aligned bytes as an atomic word.
    var atomicWord: UnsafeMutablePointer<Atomic<UInt64>> { unsafe assumingMemoryBound(to: Atomic<UInt64>.self) }
    /// Four aligned bytes as an atomic word.
    var atomicHalfWord: UnsafeMutablePointer<Atomic<UInt32>> { unsafe assumingMemoryBound(to: Atomic<UInt32>.self) }
}
