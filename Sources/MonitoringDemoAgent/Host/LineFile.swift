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

    let descriptor: Int32

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
