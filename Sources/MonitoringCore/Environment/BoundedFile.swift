#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reading of small regular files that never blocks and never takes more memory than told.
package enum BoundedFile {
    /// Why a file could not be read.
    package enum Failure: Error, Hashable, Sendable {
        case missing
        case denied
        case notRegular
        case tooLarge(limit: Int)
        case system(code: Int32)
    }

    /// The whole file.
    ///
    /// Pipes, devices and folders are refused: opening one could block, or never end.
    ///
    /// - Parameters:
    ///   - path: Where the file is; relative to the working directory.
    ///   - limit: The most bytes that are accepted.
    /// - Returns: The bytes.
    /// - Throws: ``Failure``, `tooLarge` for a file beyond the limit.
    package static func whole(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let bytes = try prefix(path, limit: limit + 1)
        if bytes.count > limit { throw .tooLarge(limit: limit) }
        return bytes
    }

    /// The first bytes of a file, at most `limit` of them.
    package static func prefix(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .missing }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Failure(code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        return try contents(descriptor, limit: limit)
    }

    private static func contents(_ descriptor: Int32, limit: Int) throws(Failure) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < limit {
            let room = min(16_384, limit - result.count)
            var count = 0
            var code: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
                repeat {
                    count = unsafe read(descriptor, buffer.baseAddress, room)
                    code = count < 0 ? errno : 0
                } while code == EINTR
                initialized = max(count, 0)
            }
            guard count >= 0 else { throw Failure(code: code) }
            if count == 0 { break }
            result += chunk
        }
        return result
    }
}

extension BoundedFile.Failure {
    fileprivate init(code: Int32) {
        self =
            switch code {
            case ENOENT, ENOTDIR: .missing
            case EACCES, EPERM: .denied
            default: .system(code: code)
            }
    }
}

extension BoundedFile.Failure: CustomStringConvertible {
    /// A few words that complete "cannot be read:".
    package var description: String {
        switch self {
        case .missing: "there is no such file"
        case .denied: "permission denied"
        case .notRegular: "it is not a regular file"
        case .tooLarge(let limit): "it is larger than \(limit) bytes"
        case .system(let code): "system error \(code)"
        }
    }
}
