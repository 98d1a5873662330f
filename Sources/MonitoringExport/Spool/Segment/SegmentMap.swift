import CMonitoringShims
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

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
    /// Where the memory stands on disk; `nil` when it dies with the process.
    let file: SegmentFile?
    private let generation: UInt32

    private init(base: UnsafeMutableRawPointer, byteCount: Int, file: SegmentFile? = nil) {
        unsafe self.base = unsafe base
        self.byteCount = byteCount
        self.file = file
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

    /// A file's bytes, which get real blocks first: a store into the map cannot fail.
    ///
    /// - Parameters:
    ///   - descriptor: The file; not needed after the call.
    ///   - byteCount: How much of it; it is made longer if need be.
    ///   - file: Its name and owner.
    ///   - path: Where it lies, for people.
    /// - Returns: The map.
    /// - Throws: What the system says, most often that there is no room.
    static func shared(
        _ descriptor: Int32, byteCount: Int, file: SegmentFile, path: String
    ) throws(FileFault) -> SegmentMap {
        let error = monitoring_reserve(descriptor, off_t(byteCount))
        guard error == 0 else { throw .system(path: path, code: error) }
        guard let base = unsafe monitoring_map_file(descriptor, byteCount) else {
            throw .system(path: path, code: errno)
        }
        return unsafe SegmentMap(base: base, byteCount: byteCount, file: file)
    }

    /// Has every page ready to be written to, so that nobody waits for it later.
    func populate() throws(FileFault) {
        let error = unsafe monitoring_populate(base, byteCount)
        guard error == 0 else { throw .system(path: file?.name ?? "", code: error) }
    }

    /// Writes what lies in a file back to its disk, and waits for it; says whether that worked.
    func sync() -> Bool { unsafe file == nil || monitoring_sync(base, byteCount) == 0 }

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
