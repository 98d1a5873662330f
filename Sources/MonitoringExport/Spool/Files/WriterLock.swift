import CMonitoringShims
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The lock by which a writer's segments are owned: as long as this object lives, or the process.
///
/// With the last of the segments its file goes too.
final class WriterLock: Sendable {
    /// The writer, in 16 hexadecimal digits.
    let writer: String
    private let folder: Folder
    private let descriptor: Int32
    private let files: Mutex<Int>
    private let generation = monitoring_fork_generation()

    static let suffix = ".lock"

    private init(_ writer: String, _ folder: Folder, _ descriptor: Int32) {
        self.writer = writer
        self.folder = folder
        self.descriptor = descriptor
        files = Mutex(0)
    }

    /// Takes a writer's lock, whose file is made if it is not there.
    ///
    /// - Returns: The lock; `nil` when somebody has it, or has just removed it.
    static func take(_ writer: String, in folder: Folder) throws(FileFault) -> WriterLock? {
        let name = writer + suffix
        let file = try folder.open(name, O_RDWR | O_CREAT, isKept: true)
        var own = stat()
        guard monitoring_lock_try(file) == 0, unsafe fstat(file, &own) == 0, let named = folder.status(of: name),
            named.st_ino == own.st_ino, named.st_dev == own.st_dev
        else {
            monitoring_descriptor_close(file)
            return nil
        }
        return WriterLock(writer, folder, file)
    }

    deinit {
        guard monitoring_fork_generation() == generation else { return }
        if files.withLock({ $0 == 0 }) { folder.remove(writer + Self.suffix) }
        monitoring_descriptor_close(descriptor)
    }

    /// Counts a file of the writer's, or one less.
    func count(_ change: Int) { files.withLock { $0 += change } }
}
