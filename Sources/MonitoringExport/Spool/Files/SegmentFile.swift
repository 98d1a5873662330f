/// The name of a segment's file, and the lock under which it is this process's.
final class SegmentFile: Sendable {
    let name: String
    private let folder: Folder
    private let owner: WriterLock

    static let suffix = ".segment"

    init(_ name: String, in folder: Folder, owner: WriterLock) {
        self.name = name
        self.folder = folder
        self.owner = owner
        owner.count(1)
    }

    /// Removes the file; its map stays.
    ///
    /// To be called once.
    func remove() {
        folder.remove(name)
        owner.count(-1)
    }
}
