import Synchronization

/// The name of a file beside a spool's segments, or of one of them, and the lock under which it is this process's.
final class SegmentFile: Sendable {
    let name: String
    private let folder: Folder
    /// None once the file is removed, so that its map alone keeps no lock.
    private let owner: Mutex<WriterLock?>

    static let suffix = ".segment"

    init(_ name: String, in folder: Folder, owner: WriterLock) {
        self.name = name
        self.folder = folder
        self.owner = Mutex(owner)
        owner.count(1)
    }

    /// Removes the file; its map stays.
    ///
    /// A second call does nothing.
    func remove() {
        var removed: WriterLock?
        owner.withLock { swap(&$0, &removed) }
        guard let removed else { return }
        folder.remove(name)
        removed.count(-1)
    }
}
