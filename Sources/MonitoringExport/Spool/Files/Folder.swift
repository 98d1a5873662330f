import CMonitoringShims

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder that is held by its descriptor, so that what its path leads to later does not matter.
///
/// Names are single ones, without a slash. The descriptor is closed with the object, and in a forked child.
final class Folder: Sendable {
    /// Where it was found; for people.
    let path: String
    let descriptor: Int32
    private let generation = monitoring_fork_generation()

    /// Opens a folder of whomever, following links.
    ///
    /// - Parameters:
    ///   - base: A folder that must be there.
    ///   - names: Names below it, each of which is made if it is missing.
    /// - Throws: What the system says.
    init(base: String, making names: [String] = []) throws(FileFault) {
        var path = base
        for name in names {
            path += path.hasSuffix("/") ? name : "/" + name
            _ = unsafe mkdir(path, 0o700)
        }
        self.path = path
        descriptor = unsafe monitoring_open_kept(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0)
        guard descriptor >= 0 else { throw .system(path: path, code: errno) }
    }

    private init(in parent: Folder, name: String) throws(FileFault) {
        path = parent.path + "/" + name
        descriptor = unsafe monitoring_open_kept(parent.descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)
        guard descriptor >= 0 else { throw .system(path: path, code: errno) }
    }

    deinit {
        if descriptor >= 0, monitoring_fork_generation() == generation { monitoring_descriptor_close(descriptor) }
    }

    /// The folder of that name, which is made if it is not there.
    ///
    /// - Throws: Also when it is not this user's own.
    func privateFolder(_ name: String) throws(FileFault) -> Folder {
        if unsafe mkdirat(descriptor, name, 0o700) != 0, errno != EEXIST {
            throw .system(path: path + "/" + name, code: errno)
        }
        return try existingPrivateFolder(name)
    }

    /// The folder of that name, if it is there.
    ///
    /// - Throws: Also when it is not this user's own.
    func existingPrivateFolder(_ name: String) throws(FileFault) -> Folder {
        let folder = try Folder(in: self, name: name)
        var status = stat()
        guard unsafe fstat(folder.descriptor, &status) == 0 else { throw .system(path: folder.path, code: errno) }
        guard status.st_uid == geteuid() else { throw .foreign(path: folder.path) }
        guard status.st_mode & 0o077 == 0 else { throw .open(path: folder.path) }
        return folder
    }

    /// Its name in the folder around it.
    var name: Substring { path.split(separator: "/").last ?? "" }

    /// The names in it, in no order.
    ///
    /// At most `limit`.
    func names(limit: Int = 4_096) -> [String] {
        let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let stream = unsafe fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while names.count < limit, let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { text in
                unsafe text.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Opens a file of this user's that has one name and is no link.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - flags: As for the system's call.
    ///   - isKept: Whether it is to be closed in children of a fork, and by `monitoring_descriptor_close`.
    /// - Returns: The descriptor.
    /// - Throws: What the system says, or that it is no such file.
    func open(_ name: String, _ flags: Int32, isKept: Bool = false) throws(FileFault) -> Int32 {
        let all = flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let file =
            unsafe isKept
            ? monitoring_open_kept(descriptor, name, all, 0o600) : openat(descriptor, name, all, 0o600)
        guard file >= 0 else { throw .system(path: path + "/" + name, code: errno) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_nlink <= 1
        else {
            if isKept { monitoring_descriptor_close(file) } else { close(file) }
            throw .foreign(path: path + "/" + name)
        }
        return file
    }

    /// What is known of a name, not following links; `nil` when it is not there.
    func status(of name: String) -> stat? {
        var status = stat()
        return unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
    }

    /// Removes a file's name; what has it open or mapped keeps it.
    func remove(_ name: String) { _ = unsafe unlinkat(descriptor, name, 0) }

    /// Has the names in it survive the machine.
    func sync() { fsync(descriptor) }
}
