#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file descriptor that takes whole lines, each with one `write` as long as the other side takes it at once.
struct LineFile: Sendable {
    static let standardOutput = LineFile(descriptor: STDOUT_FILENO)
    static let standardError = LineFile(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Opens a file for appending, or makes it; it stays open as long as the process lives.
    init(appendingTo path: String) throws(LineFileError) {
        self.descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw LineFileError(path: path, reason: unsafe String(cString: strerror(errno))) }
    }

    /// Writes a line.
    ///
    /// - Returns: False when the file takes no more, with the reason in `errno`.
    @discardableResult
    func write(line: some Sequence<UInt8>) -> Bool {
        var bytes = Array(line)
        bytes.append(UInt8(ascii: "\n"))
        return unsafe bytes.withUnsafeBytes { buffer in
            var start = 0
            while start < buffer.count {
                #if canImport(Glibc)
                    let written = unsafe Glibc.write(
                        descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
                #elseif canImport(Musl)
                    let written = unsafe Musl.write(
                        descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
                #else
                    let written = unsafe Darwin.write(
                        descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
                #endif
                if written >= 0 {
                    start += written
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}

/// `write` under a name that the method's own does not hide.
private let systemWrite = unsafe write
