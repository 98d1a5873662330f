internal import CMonitoringShims
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard error, written whole lines at a time and never waited for; one that is closed costs lines, not the process.
package enum StandardError {
    private static let dropped = Atomic(0)
    private static let turn = Mutex(())

    /// A pipe that is ready takes at least this many bytes without blocking (POSIX `PIPE_BUF` on Linux).
    private static let chunk = 4096

    /// Writes a line; a reader that does not read loses it, and is told how many once it reads again.
    package static func write(line: String) {
        turn.withLock { _ in
            let missed = dropped.exchange(0, ordering: .relaxed)
            if missed > 0, !writeNow("[monitoring] \(missed) lines were not written: nobody read standard error\n") {
                dropped.wrappingAdd(missed, ordering: .relaxed)
            }
            if !writeNow(line + "\n") { dropped.wrappingAdd(1, ordering: .relaxed) }
        }
    }

    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    private static func writeNow(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            guard isReady() else { return false }
            let count = unsafe bytes[written..<min(written + chunk, bytes.count)].withUnsafeBytes { piece in
                unsafe monitoring_write_quietly(STDERR_FILENO, piece.baseAddress, piece.count)
            }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }

    private static func isReady() -> Bool {
        var request = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&request, 1, 0) == 1 else { return false }
        // A pipe that nobody can read any more is writable, too.
        return request.revents & Int16(POLLOUT) != 0 && request.revents & Int16(POLLERR | POLLHUP | POLLNVAL) == 0
    }
}
