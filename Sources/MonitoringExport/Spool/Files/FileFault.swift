#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why something about the spool's files did not work; its description completes a sentence.
enum FileFault: Error, Sendable, Hashable {
    /// The system refused.
    case system(path: String, code: Int32)
    /// The folder or file belongs to another user.
    case foreign(path: String)
    /// Others than its user may enter the folder.
    case open(path: String)
    /// It lies on a network's file system, or on one that another process serves.
    case remote(path: String)
    /// There is less room than two small segments need.
    case noRoom(path: String, bytes: Int)

    /// Whether it is for want of room, so that it may work again later.
    var isFull: Bool {
        switch self {
        case .system(_, let code): [ENOSPC, EDQUOT, EFBIG].contains(code)
        case .noRoom: true
        default: false
        }
    }
}

extension FileFault: CustomStringConvertible {
    var description: String {
        switch self {
        case .system(let path, let code): "\(path): \(Self.words(code))"
        case .foreign(let path): "\(path) belongs to another user"
        case .open(let path): "others may enter \(path)"
        case .remote(let path): "\(path) lies on a network's file system, or on one in user space"
        case .noRoom(let path, let bytes): "at \(path) there is room for \(max(bytes, 0)) bytes only"
        }
    }

    private static func words(_ code: Int32) -> String {
        switch code {
        case EACCES, EPERM: "permission denied"
        case EROFS: "the file system is read-only"
        case ENOSPC, EDQUOT: "no space left"
        case ELOOP: "it is a link"
        case ENOTDIR: "it is not a folder"
        case ENOENT: "it is not there"
        case EIO: "the disk cannot be read"
        default: "system error \(code)"
        }
    }
}
