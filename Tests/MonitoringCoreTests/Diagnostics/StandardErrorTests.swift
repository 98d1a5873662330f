import MonitoringCore
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct StandardErrorTests {
    @Test func `a standard error that nobody reads any more does not end the process`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            signal(SIGPIPE, SIG_DFL)
            var ends: [Int32] = [-1, -1]
            let made = unsafe pipe(&ends) == 0 && dup2(ends[1], STDERR_FILENO) == STDERR_FILENO
            close(ends[0])
            for index in 0..<5 { StandardError.write(line: "line \(index)") }
            _exit(made ? 7 : 8)
        }
    }

    @Test func `a standard error that breaks while it is written raises no signal, now or later`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            signal(SIGPIPE, SIG_DFL)
            var ends: [Int32] = [-1, -1]
            #if canImport(Glibc)
                let kind = Int32(SOCK_STREAM.rawValue)
            #else
                let kind = SOCK_STREAM
            #endif
            // It looks writable, and breaks with the first byte.
            let made =
                unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 && dup2(ends[1], STDERR_FILENO) == STDERR_FILENO
                && shutdown(STDERR_FILENO, Int32(SHUT_WR)) == 0
            for index in 0..<5 { StandardError.write(line: "line \(index)") }
            var pending = sigset_t()
            let isPending = unsafe sigpending(&pending) != 0 || sigismember(&pending, SIGPIPE) != 0
            _exit(made && !isPending ? 7 : 8)
        }
    }

    @Test func `what is read is whole`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            var ends: [Int32] = [-1, -1]
            guard unsafe pipe(&ends) == 0, dup2(ends[1], STDERR_FILENO) == STDERR_FILENO else { _exit(8) }
            StandardError.write(line: "one")
            StandardError.write(line: "two")
            var bytes = [UInt8](repeating: 0, count: 64)
            let count = unsafe read(ends[0], &bytes, bytes.count)
            _exit(count > 0 && Array(bytes[..<count]) == Array("one\ntwo\n".utf8) ? 7 : 8)
        }
    }
}
