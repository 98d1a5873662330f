import CMonitoringShims
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the segments of one spool lie: the folder of its user, service and destination.
///
/// `docs/decisions/0004-files.md` has the layout, who owns what, and every crash point.
package final class SpoolFiles: Sendable {
    /// The folder of all services of this user.
    let root: Folder
    /// The destination's own.
    let folder: Folder
    /// What the spool tells.
    let signal: SpoolSignal
    /// Whether what is stored has to survive the machine too.
    package let isSynced: Bool
    let writerID: UInt64
    private let budget: SpoolBudget
    private let lock: Mutex<WriterLock?>
    private let count = Atomic<Int>(0)

    /// Room for fewer bytes is not worth the files.
    static let smallestBudget = 512 << 10

    init(root: Folder, folder: Folder, signal: SpoolSignal, isSynced: Bool, budget: SpoolBudget) throws(FileFault) {
        self.root = root
        self.folder = folder
        self.signal = signal
        self.isSynced = isSynced
        self.budget = budget
        guard budget.allowed(used: 0) >= Self.smallestBudget else {
            throw .noRoom(path: folder.path, bytes: budget.allowed(used: 0))
        }
        let (id, lock) = try Self.makeWriter(in: folder)
        writerID = id
        self.lock = Mutex(lock)
    }

    /// A new writer; a scanner that finds its file before it is locked takes it away, so that another is made.
    private static func makeWriter(in folder: Folder) throws(FileFault) -> (UInt64, WriterLock) {
        for _ in 0..<16 {
            let id = max(1, monitoring_random_u64())
            if let lock = try WriterLock.take(name(of: id), in: folder) { return (id, lock) }
        }
        throw .system(path: folder.path, code: EAGAIN)
    }

    private static func name(of writer: UInt64) -> String {
        let digits = String(writer, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// The name of this process's own writer.
    var writer: String { Self.name(of: writerID) }

    /// Where it is, for people.
    package var path: String { folder.path }

    /// How much all segments under the root may take as things are; at least what two small segments need.
    package var budgetBytes: Int { max(budget.allowed(used: budget.used), Self.smallestBudget) }

    /// A map of a new file with real blocks, all of whose pages can be written to.
    ///
    /// - Throws: Also when there is no room within the budget.
    func makeMap(byteCount: Int) throws(FileFault) -> SegmentMap {
        guard let owner = lock.withLock({ $0 }) else { throw .system(path: path, code: EBADF) }
        let left = budget.left
        guard byteCount <= left else { throw .noRoom(path: root.path, bytes: left) }
        let name = "\(owner.writer)-\(count.add(1, ordering: .relaxed).newValue)\(SegmentFile.suffix)"
        let descriptor = try folder.open(name, O_RDWR | O_CREAT | O_EXCL)
        defer { close(descriptor) }
        let file = SegmentFile(name, in: folder, owner: owner)
        do throws(FileFault) {
            let map = try SegmentMap.shared(descriptor, byteCount: byteCount, file: file, path: path)
            if isSynced {
                fsync(descriptor)
                folder.sync()
            }
            return map
        } catch {
            file.remove()
            throw error
        }
    }

    /// A map for the flight recorder, in a file of its own beside the segments.
    func makeFlight(byteCount: Int) throws(FileFault) -> SegmentMap {
        guard let owner = lock.withLock({ $0 }) else { throw .system(path: path, code: EBADF) }
        let name = owner.writer + DeadWriter.flightSuffix
        let descriptor = try folder.open(name, O_RDWR | O_CREAT | O_EXCL)
        defer { close(descriptor) }
        let file = SegmentFile(name, in: folder, owner: owner)
        do throws(FileFault) {
            return try SegmentMap.shared(descriptor, byteCount: byteCount, file: file, path: path)
        } catch {
            file.remove()
            throw error
        }
    }

    /// Lets go of the own lock as soon as no map of the spool's is left.
    func release() { lock.withLock { $0 = nil } }
}
